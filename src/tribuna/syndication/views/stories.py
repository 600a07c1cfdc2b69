"""Single stories for machines: Markdown twins, oEmbed cards, and the guide that leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tribuna.newsroom.models import ArticlePage, HomePage
from tribuna.newsroom.queries import articles_of, corrections_of, frame_of, live_posts_of
from tribuna.press.actions import shows
from tribuna.press.base import SITE
from tribuna.syndication.base import Person
from tribuna.syndication.queries import (
    TWIN,
    desk_of,
    homes_of,
    open_sections,
    picture_of,
    story_at,
    story_at_address,
)
from tribuna.syndication.queries.feeds import Desk
from tribuna.syndication.views.answers import document, in_one_language
from tribuna.syndication.writers import markdown
from tribuna.syndication.writers import oembed as cards
from tribuna.syndication.writers.prose import prose


@require_safe
def twin(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a story as Markdown."""
    story = story_at(path, request)
    if story is None:
        raise Http404
    desk = desk_of(request)
    address = desk.address(story.original)
    written = partial(prose, language=story.language, address=address, roots=desk.frame.roots)
    text = markdown.write(
        story,
        prose=written(story.body),
        posts=[(post, written(post.body)) for post in live_posts_of(story)],
        address=address,
        authors=_authors(story, desk),
        corrections=corrections_of(story),
    )
    links = f'<{address}>; rel="canonical"'
    return document(request, text, markdown.KIND, language=story.language, links=links)


@in_one_language
def guide(request: HttpRequest) -> HttpResponse:
    """Answer with the guide to the paper for language models: its editions, their sections and newest stories."""
    shows(SITE)
    desk = desk_of(request)
    homes = HomePage.objects.filter(pk__in=[home.pk for home in homes_of(frame_of(request))])
    parts = [part for home in homes.select_related("locale").order_by("path") for part in _edition(home, desk)]
    tagline = next((home.tagline for home in homes if home.tagline), "")
    return document(request, markdown.guide(desk.publisher.name, tagline=tagline, parts=parts), "text/plain")


def _edition(home: HomePage, desk: Desk) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    code = home.locale.language_code
    with override(code):
        sections = [(section.title, desk.address(section), section.intro) for section in open_sections(home)]
        stories = articles_of(home).items
        yield f"{home.title} ({code})", [(home.title, desk.address(home), home.tagline), *sections]
        yield (
            f"{home.title} ({code}): Markdown",
            [(story.title, f"{desk.address(story)}{TWIN}", story.standfirst) for story in stories],
        )


@in_one_language
def oembed(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with what stands for the story at ``url`` elsewhere; 404 for anything else, 501 for another format."""
    form = request.GET.get("format", form)
    if form not in cards.KINDS:
        return HttpResponse(status=HTTPStatus.NOT_IMPLEMENTED)
    try:
        room = cards.room(request.GET)
    except ValueError:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    story = story_at_address(request.GET.get("url", ""), request)
    if story is None:
        raise Http404
    desk = desk_of(request)
    facts = cards.card(
        story,
        address=desk.address(story.original),
        publisher=desk.publisher,
        authors=_authors(story, desk),
        picture=picture_of(story, desk.origin),
        room=room,
    )
    response = document(request, cards.write(facts, form), cards.KINDS[form], language=story.language)
    response["Access-Control-Allow-Origin"] = "*"  # anybody's page may show it
    patch_cache_control(response, public=True, max_age=cards.CACHE_SECONDS)
    return response


def _authors(story: ArticlePage, desk: Desk) -> list[Person]:
    return [Person(author.title, desk.address(author)) for author in story.byline]
