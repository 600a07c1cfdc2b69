"""What the benchmark does within a newsroom, in a process of its own whose working directory is that newsroom.

``python -m bench.inside seed STORIES`` fills it: model stories through Wagtail's page API, the rest copied in bulk.
``python -m bench.inside addresses STORIES`` says where so many of those with comments are.
``python -m bench.inside publish`` reads one order a line from standard input and says on standard output what it did.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from io import BytesIO
from typing import Any

from bench.prose import SENTENCE_WORDS, answered, paragraphs, prose, remark

MODELS = 5  # of each set of five stories, the first has the comments
COMMENTS = 50
RECONCILED_AT_MOST = 1_000  # articles; it looks at every thread
SECTIONS = ("City", "Culture", "Harbour", "Market", "Sport", "World")
QUESTION, ANSWER = "Which colour is the grass?", "green"


def seed(stories: int) -> None:
    """Fill the newsroom in the working directory: model stories, and *stories* copies of them."""
    from django.db import connection
    from django.utils import timezone

    from bench import cloning
    from tribuna.humans.models import SiteQuestion

    SiteQuestion.objects.create(language="en", question=QUESTION, answers=ANSWER)
    sections = _open_sections()
    models = _write_models(sections[0])
    _let_readers_speak(models[0])
    ids = [model.pk for model in models]
    newest = timezone.now() - timedelta(hours=1)
    if connection.vendor == "sqlite":
        database = str(connection.settings_dict["NAME"])
        connection.close()
        cloning.fill(database, models=ids, sections=[each.pk for each in sections], stories=stories, newest=newest)
        _look_over(after=ids[-1])


def _look_over(*, after: int) -> None:
    """Make sure that some copies are as they should be: saving one again changes nothing, its tree knows of it."""
    from tribuna.comments.actions import reconcile_counts
    from tribuna.newsroom.models import ArticlePage

    for story in ArticlePage.objects.filter(pk__gt=after).order_by("pk")[:12:5]:
        row = ArticlePage.objects.filter(pk=story.pk).values()
        before = row.get()
        story.save()
        changed = {name for name, value in row.all().get().items() if value != before[name]}
        parent = story.get_parent()
        if changed or parent.numchild != parent.get_children().count():
            raise AssertionError(f"the copies in bulk are not what a save makes: {changed or 'the tree is wrong'}")
    if ArticlePage.objects.count() <= RECONCILED_AT_MOST and reconcile_counts():
        raise AssertionError("the counts of the copied threads are wrong")


def _open_sections() -> list[Any]:
    from tribuna.newsroom.models import HomePage, SectionPage

    home = HomePage.objects.get(locale__language_code="en")
    return [home.add_child(instance=SectionPage(title=title, locale=home.locale)) for title in SECTIONS]


def _write_models(section: Any) -> list[Any]:
    """Write the model stories: a main image, eight paragraphs, a byline, two topics, three related stories."""
    from django.utils import timezone

    from tribuna.newsroom.actions import draw_pictures
    from tribuna.newsroom.models import (
        ArticleAuthor,
        ArticlePage,
        AuthorIndexPage,
        AuthorPage,
        RelatedStory,
        TopicIndexPage,
        TopicPage,
    )

    locale = section.locale
    authors, topics = (kind.objects.get(locale=locale) for kind in (AuthorIndexPage, TopicIndexPage))
    desk = authors.add_child(instance=AuthorPage(title="Harbour desk", locale=locale, is_desk=True))
    about = [topics.add_child(instance=TopicPage(title=title, locale=locale)) for title in ("Boats", "Money")]
    moment = timezone.now()
    stories: list[Any] = []
    for number in range(MODELS):
        story = ArticlePage(
            title=f"What the harbour will cost, part {number}",
            kicker="Report",
            standfirst=prose(f"standfirst {number}", SENTENCE_WORDS),
            main_image=_picture(number),
            body=[{"type": "paragraph", "value": f"<p>{said}</p>"} for said in paragraphs(number)],
            locale=locale,
            published_at=moment,
            first_published_at=moment,
            last_published_at=moment,
        )
        story.authors = [ArticleAuthor(author=desk)]
        story.topics = about
        story.related = [RelatedStory(story=other) for other in stories[-3:]]
        stories.append(section.add_child(instance=story))
        draw_pictures(story)
    # The first ones could not lead to those after them.
    stories[0].related.add(*(RelatedStory(story=other) for other in stories[1:4]))
    stories[0].save()
    return stories


def _picture(number: int) -> Any:
    from django.core.files.base import ContentFile
    from PIL import Image

    from tribuna.newsroom.models import NewsImage

    file = BytesIO()
    Image.linear_gradient("L").resize((1600, 1000)).rotate(number * 15).convert("RGB").save(file, "JPEG")
    picture = ContentFile(file.getvalue(), f"picture-{number}.jpg")
    return NewsImage.objects.create(file=picture, title=f"Picture {number}", description="Boats in a harbour")


def _let_readers_speak(story: Any, *, first: int = 0) -> None:
    """Put the comments below *story*: two roots of five, the rest answers, two levels deep.

    Their texts are those from the *first* on: nobody may say the same twice.
    """
    from tribuna.comments.actions import submit_comment
    from tribuna.comments.models import State

    said: list[Any] = []
    for number in range(COMMENTS):
        above = said[-answered(number)] if answered(number) else None
        done = submit_comment(
            story, text=remark(first + number), name=f"Reader {number}", language="en", reply_to=above
        )
        said.append(done.comment)
    held = [comment for comment in said if comment.state != State.PUBLISHED]
    if held:
        raise AssertionError(f"{len(held)} comments of the benchmark's own were held back")


def publish() -> None:
    """Carry out orders until standard input ends, each ``KIND SLUG MARK``.

    ``again SLUG MARK`` publishes the story once more with MARK at the end of its title; ``first SLUG MARK`` writes and
    publishes a new one beside it. The answer is a line of JSON: the story's path and its section's, when the
    transaction was committed and when the call came back, by the system's monotonic clock.
    """
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        kind, slug, mark = line.split()
        print(json.dumps(_published(_draft(slug, mark, is_new=kind == "first"))), flush=True)


def _draft(slug: str, mark: str, *, is_new: bool) -> Any:
    """Return a revision that is ready to be published."""
    from tribuna.newsroom.models import ArticlePage

    story = ArticlePage.objects.get(slug=slug)
    if is_new:
        parent = story.get_parent()
        written = ArticlePage(title=f"News {mark}", slug=mark, body=story.body, locale=story.locale, live=False)
        story = parent.add_child(instance=written)
    story.title = f"{story.title.partition(' mark-')[0]} {mark}"
    return story.save_revision()


def _published(revision: Any) -> dict[str, Any]:
    from django.db import transaction

    committed: list[float] = []
    with transaction.atomic():
        # The first thing after the commit, before anything that the publication itself wants done then.
        transaction.on_commit(lambda: committed.append(time.monotonic()))
        revision.publish()
    returned = time.monotonic()
    page = revision.content_object
    return {
        "paths": [page.get_url(), page.get_parent().get_url()],
        "committed": committed[0],
        "returned": returned,
    }


def facts() -> None:
    """Say, as JSON, what the benchmark has to know of this newsroom: settings of the press, the model story."""
    from django.conf import settings

    from tribuna.newsroom.models import ArticlePage

    model = ArticlePage.objects.order_by("pk").first()
    press = {name: getattr(settings, name) for name in dir(settings) if name.startswith("TRIBUNA_PRESS")}
    print(
        json.dumps(
            {"model": {"pk": model.pk, "path": model.get_url(), "slug": model.slug}, "press": press}, default=str
        )
    )


def addresses(number: int) -> None:
    """Say, as JSON, the paths of *number* stories of those that have comments, evenly chosen.

    Readers have spoken below the first of them as they have below the model story.
    """
    from tribuna.comments.models import ThreadStat
    from tribuna.newsroom.models import ArticlePage

    discussed = ThreadStat.objects.filter(visible_count__gt=0).order_by("page").values_list("page", flat=True)
    chosen = list(discussed)[:: max(len(discussed) // number, 1)][:number]
    stories = list(ArticlePage.objects.live().filter(pk__in=chosen))
    if stories:
        _let_readers_speak(stories[0], first=COMMENTS)
    print(json.dumps([story.get_url() for story in stories]))


def main(orders: list[str]) -> None:
    """Set Django up for the newsroom in the working directory and do what *orders* say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tribuna.site.settings")
    import django

    django.setup()
    if orders[0] == "seed":
        seed(int(orders[1]))
    elif orders[0] == "addresses":
        addresses(int(orders[1]))
    else:
        {"publish": publish, "facts": facts}[orders[0]]()


if __name__ == "__main__":
    main(sys.argv[1:])
