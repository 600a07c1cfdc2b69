"""How a newsroom begins: its languages, its first pages, who may do what, and the way from reporter to editor."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy, override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tribuna.newsroom.models import AuthorIndexPage, HomePage, TopicIndexPage

REPORTERS = "Reporters"
EDITORS = "Editors"
WORKFLOW = "Reporter to editor"

# What Wagtail's own first migration makes, and nobody here needs.
_WAGTAIL_WELCOME = "Welcome to your new Wagtail site!"
_WAGTAIL_GROUP = "Moderators"
_WAGTAIL_WORKFLOW = "Moderators approval"

_INDEX_PAGES = ((AuthorIndexPage, gettext_lazy("Authors")), (TopicIndexPage, gettext_lazy("Topics")))
_PAGE_RIGHTS = {
    REPORTERS: ["add_page", "change_page"],
    EDITORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
_FILE_RIGHTS = ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"]
_SITE_RIGHTS = ["access_admin", "submit_translation", "settle_errors"]  # the last: answer readers who report errors
_DESK_RIGHTS = {  # over what editors say without a page's workflow; the last are of rooms above
    REPORTERS: ["add_livepost", "change_livepost", "delete_livepost"],
    EDITORS: [
        *(f"{verb}_{noun}" for noun in ("livepost", "breakingnews") for verb in ("add", "change", "delete")),
        "change_publication",
        "change_terms",
        *("add_wire", "change_wire", "change_wireitem"),
    ],
}


@transaction.atomic
def open_newsroom(name: str, *, hostname: str, port: int) -> Site:
    """Return the site, with all that a newsroom called *name* at *hostname* and *port* needs before its first story.

    Done again it changes only the name and the address; what editors have made stays as it is.
    """
    root = Page.objects.get(depth=1)
    homes = [_open_language(code, name=name, root=root) for code, _ in settings.LANGUAGES]
    site = _open_site(name, home=homes[0], hostname=hostname, port=port)
    _clear_away_welcome(root)
    groups = {group_name: _open_group(group_name, root=root) for group_name in _PAGE_RIGHTS}
    _open_workflow(groups[EDITORS], root=root)
    return site


def _open_language(code: str, *, name: str, root: Page) -> HomePage:
    """Return the home page in the language *code*, with its lists of authors and topics."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = _add_page(root, HomePage, title=name, slug=code, locale=locale)
    for model, title in _INDEX_PAGES:
        if not model.objects.child_of(home).exists():
            with override(code):
                _add_page(home, model, title=str(title), slug=slugify(title), locale=locale)
    return home


def _add_page[P: Page](parent: Page, model: type[P], **fields: object) -> P:
    """Return a new live page of *model* under *parent*, a translation of the first of its kind."""
    page: P = parent.add_child(instance=model(translation_key=_shared_key(model), **fields))
    return page


def _shared_key(model: type[Page]) -> UUID:
    return model.objects.values_list("translation_key", flat=True).order_by("path").first() or uuid4()


def _open_site(name: str, *, home: HomePage, hostname: str, port: int) -> Site:
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk is None or not HomePage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = home
    site.site_name, site.hostname, site.port = name, hostname, port
    site.save()
    return site


def _clear_away_welcome(root: Page) -> None:
    """Remove Wagtail's own first page, and its moderators' say over pages: here moderators look after comments."""
    for page in Page.objects.child_of(root).filter(title=_WAGTAIL_WELCOME, numchild=0):
        page.delete()
    GroupPagePermission.objects.filter(group__name=_WAGTAIL_GROUP, page=root).delete()
    GroupCollectionPermission.objects.filter(group__name=_WAGTAIL_GROUP).delete()
    for workflow in Workflow.objects.filter(name=_WAGTAIL_WORKFLOW, active=True):
        workflow.deactivate()


def _open_group(name: str, *, root: Page) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    collection = Collection.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_RIGHTS[name]):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    for right in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=_FILE_RIGHTS
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)
    group.permissions.add(*Permission.objects.filter(codename__in=[*_SITE_RIGHTS, *_DESK_RIGHTS[name]]))
    return group


def _open_workflow(editors: Group, *, root: Page) -> None:
    """Let every page go through the editors, unless the newsroom has chosen another way."""
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    task = GroupApprovalTask.objects.create(name=WORKFLOW)
    task.groups.add(editors)
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
