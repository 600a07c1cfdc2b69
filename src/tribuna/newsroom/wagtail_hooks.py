"""What the newsroom changes in Wagtail itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.html import format_html
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.models import Site
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.models import register_snippet

from tribuna.newsroom.blocks import at_hand
from tribuna.newsroom.models.pages import address_of
from tribuna.newsroom.queries import targets_of
from tribuna.newsroom.viewsets import BreakingNewsViewSet, LivePostViewSet

register_snippet(BreakingNewsViewSet)
register_snippet(LivePostViewSet)


class StoryLinks(PageLinkHandler):
    """Links in a text to pages of the site: to the reader's language where the page has it, and never to a draft.

    Wagtail's own asks the database twice for each link; this one asks once for all of them.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Sequence[Mapping[str, str]]) -> list[str]:
        """Return the opening tag of each link; one that leads nowhere loses its address."""
        chosen = [int(attrs["id"]) for attrs in attrs_list]
        targets = targets_of(chosen)
        loaded = at_hand.get()
        roots = loaded.roots if loaded and loaded.roots else Site.get_site_root_paths()
        addresses = {pk: address_of(target.url_path, roots) for pk, target in targets.items()}
        return [format_html('<a href="{}">', addresses[pk]) if addresses.get(pk) else "<a>" for pk in chosen]


@hooks.register("register_rich_text_features", order=1)
def link_in_readers_language(features: FeatureRegistry) -> None:
    """Put our links in the place of Wagtail's."""
    features.register_link_type(StoryLinks)


@hooks.register("before_serve_document", order=-1)
def keep_private_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """Refuse what is in a private collection. Wagtail would ask for a sign-in, which is not seen outside /admin/."""
    if document.collection.get_view_restrictions().exists():
        raise PermissionDenied
