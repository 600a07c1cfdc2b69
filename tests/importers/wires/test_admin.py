"""What editors see of wires, and what an embargo keeps them from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.importers.wires import samples
from tests.importers.wires.agency import wire
from tribuna.importers.actions.wires import take_in
from tribuna.importers.models import Wire, WireItem
from tribuna.newsroom.actions.opening import EDITORS, REPORTERS
from tribuna.newsroom.models import ArticlePage
from tribuna.people.models import User

FAR = datetime(2099, 1, 1, tzinfo=UTC)
EMBARGOED = "<embargoed>2099-01-01T00:00:00Z</embargoed>"


def staff(group: str) -> User:
    user = User.objects.create_user(email=f"{group.lower()}@example.org", password="a long password")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(newsroom, client):
    client.force_login(staff(EDITORS))
    return client


def form_of(page: ArticlePage, **fields: str) -> dict[str, str]:
    """Return what the editor's form sends."""
    formsets = {
        f"{name}-{part}": "0"
        for name in ("authors", "related", "corrections", "comments")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return formsets | {"title": page.title, "slug": page.slug, "body-count": "0", "comments_policy": "", **fields}


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_an_editor_makes_a_wire(editor):
    section = factories.section()
    sent = {"name": "Agency", "address": "https://a.example/feed", "minutes": "5", "hold_minutes": "0"}
    response = editor.post(reverse("wagtailsnippets_importers_wire:add"), sent | {"section": str(section.pk)})
    assert response.status_code == 302
    assert (Wire.objects.get().section, Wire.objects.get().minutes) == (section, 5)
    page = editor.get(reverse("wagtailsnippets_importers_wire:list")).content.decode()
    assert "Agency" in page
    assert "Not asked yet" in page
    assert "English" in page
    assert editor.get(reverse("wagtailsnippets_importers_wire:edit", args=[Wire.objects.get().pk])).status_code == 200
    gone = editor.post(reverse("wagtailsnippets_importers_wire:delete", args=[Wire.objects.get().pk]))
    assert (gone.status_code, Wire.objects.count()) == (302, 1)


def test_reporters_have_no_say_over_wires(newsroom, client):
    client.force_login(staff(REPORTERS))
    assert client.get(reverse("wagtailsnippets_importers_wire:list")).status_code == 302


def test_items_are_listed_and_only_the_wire_makes_them(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    item = WireItem.objects.get()
    listed = editor.get(reverse("wagtailsnippets_importers_wireitem:list")).content.decode()
    assert "Ferry returns" in listed
    draft = reverse("wagtailadmin_pages:edit", args=[item.page_id])
    assert draft in listed
    assert editor.get(reverse("wagtailsnippets_importers_wireitem:add")).status_code == 302
    assert editor.get(reverse("wagtailsnippets_importers_wireitem:delete", args=[item.pk])).status_code == 302
    edit = reverse("wagtailsnippets_importers_wireitem:edit", args=[item.pk])
    shown = editor.get(edit).content.decode()
    assert "Not for archives" in shown
    assert editor.post(edit, {"released": "on", "title": "Another"}).status_code == 302
    item.refresh_from_db()
    assert (item.released, item.title) == (True, "Ferry returns")
    item.page.delete()
    assert draft not in editor.get(reverse("wagtailsnippets_importers_wireitem:list")).content.decode()


def test_an_editor_is_told_where_a_draft_is_from(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    page = ArticlePage.objects.get()
    said = messages_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "wire: Agency · identifier: urn:newsml:agency:1 · version: 1" in said
    assert "Not for archives" in said
    assert "embargo until" in said
    page.save_revision()
    take_in(deliver(samples.newsitem(version="2")))
    assert "newer version" in messages_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    own = factories.article()
    assert messages_of(editor.get(reverse("wagtailadmin_pages:edit", args=[own.pk]))) == ""


@pytest.mark.parametrize(
    ("meta", "why"),
    [
        (EMBARGOED, "embargo until"),
        ('<pubStatus qcode="stat:withheld"/>', "withholds this item"),
        ("<embargoed/>", "withholds this item"),
    ],
)
def test_an_embargo_can_not_be_broken(editor, deliver, meta, why):
    take_in(deliver(samples.newsitem(meta=meta)))
    page = ArticlePage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sooner = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    for go_live_at in ("", sooner):
        sent = form_of(page, title="Mine", go_live_at=go_live_at) | {"action-publish": "1"}
        response = editor.post(edit, sent, follow=True)
        assert why in messages_of(response)
        assert "the draft was saved" in messages_of(response)
        assert not ArticlePage.objects.get().live
        assert not ArticlePage.objects.get().approved_schedule
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Mine"


def test_it_may_be_scheduled_for_the_end_of_its_embargo(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    page = ArticlePage.objects.get()
    sent = form_of(page, go_live_at="2099-01-01 00:00") | {"action-publish": "1"}
    editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert page.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == FAR
    assert not ArticlePage.objects.get().live


def test_no_way_leads_past_an_embargo(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    page = ArticlePage.objects.get()
    page.go_live_at = None
    page.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = editor.post(f"{bulk}?id={page.pk}", follow=True)
    assert "“Ferry returns” can&#x27;t be published" in messages_of(response)
    with pytest.raises(PermissionDenied, match="embargo until"):
        page.save_revision().publish()
    translation = page.copy_for_translation(factories.section(language="es").locale, copy_parents=True)
    translation.go_live_at = None
    with pytest.raises(PermissionDenied):
        translation.save_revision().publish()
    assert not ArticlePage.objects.filter(live=True).exists()


def test_what_is_released_or_over_may_be_published(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    page = ArticlePage.objects.get()
    WireItem.objects.update(released=True)
    response = editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page) | {"action-publish": "1"}, follow=True
    )
    assert response.status_code == 200
    assert ArticlePage.objects.get().live
    WireItem.objects.update(released=False, state="canceled")
    ArticlePage.objects.get().save_revision().publish()  # readers have it: what is wrong in it can be put right
    assert "has canceled this item" in messages_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))


def test_other_bulk_actions_and_drafts_are_left_alone(editor, deliver):
    take_in(deliver(samples.newsitem(meta=EMBARGOED)))
    page = ArticlePage.objects.get()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    assert editor.get(f"{bulk}?id={page.pk}").status_code == 200
    other = factories.article(live=False)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{bulk}?id={other.pk}")
    assert ArticlePage.objects.get(pk=other.pk).live


# --- tribuna ingest ---------------------------------------------------------------------------------------------------
def test_wires_are_taken_in_by_command(deliver, capsys):
    deliver(samples.newsitem())
    call_command("ingest", "--dry-run")
    assert capsys.readouterr().out == "created  Ferry returns\nAgency: 1 created\n"
    call_command("ingest", "Agency")
    assert capsys.readouterr().out == "Agency: 1 created\n"
    call_command("ingest")
    assert capsys.readouterr().out == "Agency: nothing new\n"
    assert ArticlePage.objects.count() == 1


@pytest.mark.usefixtures("inbox")
def test_the_command_says_what_is_wrong(newsroom):
    with pytest.raises(CommandError, match="none yet"):
        call_command("ingest")
    wire("Lost", folder="lost", enabled=False)
    with pytest.raises(CommandError, match="There are: Lost"):
        call_command("ingest", "Found")
    with pytest.raises(CommandError, match="Lost: there is no folder lost"):
        call_command("ingest", "Lost")
