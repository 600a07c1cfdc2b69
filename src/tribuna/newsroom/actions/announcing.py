"""What is said when readers see something else of a page: every stored page that shows it is forgotten."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from tribuna.newsroom.models import ArticlePage, BreakingNews
from tribuna.press.actions import changed

_HOME_DEPTH, _SECTION_DEPTH = 2, 3  # the root of the tree is 1


def announce_page(page: Page, *, withdrawn: bool = False) -> None:
    """Say that *page* changed, or that readers can see it no more (*withdrawn*). Belongs into the transaction of it.

    One query for the lists of a page below a section, and for an article two more where byline and topics are not at
    hand. What stands on every page (sections, front pages, lists of authors and topics) takes none.
    """
    tags = [f"page:{page.pk}", f"versions:{page.translation_key}"]
    if withdrawn:  # and a bar leads there no more
        bars = BreakingNews.objects.filter(story=page.pk, until__gt=timezone.now())
        tags += [bar.tag for bar in bars.select_related("edition")]
    changed(*tags, *(["site"] if page.depth <= _SECTION_DEPTH else _list_tags(page)), withdrawn=withdrawn)


def _list_tags(page: Page) -> list[str]:
    """Return the tags of the lists that *page* stands in now. Where it stood before, ``page:`` is known."""
    story = page.specific
    if not isinstance(story, ArticlePage):
        return [f"list:{pk}" for pk in _pages_at(page, _SECTION_DEPTH).values_list("pk", flat=True)]
    chosen = [line.author_id for line in story.authors.all()] + [topic.pk for topic in story.topics.all()]
    keys = Page.objects.filter(pk__in=chosen).values("translation_key")
    places = _pages_at(page, _HOME_DEPTH, _SECTION_DEPTH).values_list("pk", flat=True)
    versions = Page.objects.filter(translation_key__in=keys).order_by().values_list("pk", flat=True)
    return [f"archive:{page.locale_id}", *(f"list:{pk}" for pk in places.union(versions))]


def _pages_at(page: Page, *depths: int) -> PageQuerySet:
    """Return the pages above *page* at *depths*, in no order."""
    return Page.objects.filter(path__in=[page.path[: page.steplen * depth] for depth in depths]).order_by()
