"""What the newsroom changes in Wagtail itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler


class StoryLinks(PageLinkHandler):
    """Links in a text to pages of the site: to the reader's language where the page has it, and never to a draft.

    Wagtail's own asks the database twice for each link; this one asks once for all of them.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[Mapping[str, str]]) -> list[str]:
        """Return the opening tag of each link; one that leads nowhere loses its address."""
        chosen = [int(attrs["id"]) for attrs in attrs_list]
        keys = Page.objects.filter(pk__in=chosen).values("translation_key")
        versions = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
        pages = {page.pk: page for page in versions}
        local = {page.translation_key: page for page in versions if page.live and _is_local(page)}
        targets = [local.get(pages[pk].translation_key, pages[pk]) if pk in pages else None for pk in chosen]
        return [format_html('<a href="{}">', page.url) if page and page.live else "<a>" for page in targets]


def _is_local(page: Page) -> bool:
    is_local: bool = page.locale.language_code == get_language()
    return is_local


@hooks.register("register_rich_text_features", order=1)
def link_in_readers_language(features: FeatureRegistry) -> None:
    """Put our links in the place of Wagtail's."""
    features.register_link_type(StoryLinks)


@hooks.register("before_serve_document", order=-1)
def keep_private_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """Refuse what is in a private collection. Wagtail would ask for a sign-in, which is not seen outside /admin/."""
    if document.collection.get_view_restrictions().exists():
        raise PermissionDenied
