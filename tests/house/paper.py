"""A newsroom whose every word of content is Greek, so that any other letter on a page is the interface speaking."""

# ruff: noqa: RUF001 (Greek letters are meant)
from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, override
from wagtail.models import Locale, Page, Site

from tests import factories
from tests.house.letterbox import letterbox
from tribuna.comments.actions import (
    Submitted,
    hold_comment,
    mark_answered,
    mark_comment_as_spam,
    pin_comment,
    publish_comment,
    reject_comment,
    submit_comment,
    withdraw_comment,
)
from tribuna.comments.base import Reason
from tribuna.comments.models import Comment
from tribuna.humans.models import SiteQuestion
from tribuna.moderation.actions import decide, open_appeal
from tribuna.moderation.queries.figures import PERIOD
from tribuna.newsroom.models import (
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    BreakingNews,
    Correction,
    HomePage,
    LivePost,
    MostRead,
    NewsImage,
    RelatedStory,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from tribuna.people.models import User

PUBLISHED = datetime(2022, 12, 2, 10, 30, tzinfo=UTC)
UPDATED = datetime(2023, 3, 5, 18, 45, tzinfo=UTC)
CORRECTED = date(2023, 1, 9)
COMMENTED = datetime(2023, 2, 7, 9, 5, tzinfo=UTC)
DECIDED = timezone.now()  # or there were no time left to appeal
LAST_DAY, FIRST_DAY = DECIDED + timedelta(days=settings.TRIBUNA_APPEAL_DAYS), DECIDED - PERIOD
ENDLESS = datetime(2999, 1, 1, tzinfo=UTC)
MOMENTS = (PUBLISHED, UPDATED, CORRECTED, COMMENTED, DECIDED, LAST_DAY, FIRST_DAY)
NUMBER = Decimal("1234.5")
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def dates_in(language: str) -> set[str]:
    """Return every way in which *language* writes the moments of this paper."""
    with override(language):
        day = {formats.date_format(moment, name) for moment in MOMENTS for name in ("DATE_FORMAT", "YEAR_MONTH_FORMAT")}
        month = {formats.date_format(moment, "F") for moment in MOMENTS}
        times = [moment for moment in MOMENTS if isinstance(moment, datetime)]
        hour = {formats.date_format(moment, name) for moment in times for name in ("DATETIME_FORMAT", "TIME_FORMAT")}
    said = day | hour | month
    return said | {text[:1].upper() + text[1:] for text in said}


@dataclass(frozen=True)
class Paper:
    """A printed paper: its main story, and the address of every kind of page by a name for it."""

    language: str
    article: ArticlePage
    addresses: dict[str, str]


def _in_greek(language: str) -> None:
    """Give a Greek name to everything the newsroom was opened with."""
    Site.objects.update(site_name="Τα Νέα")
    for number, page in enumerate(Page.objects.filter(depth__gt=1).exclude(title__regex="[α-ω]")):
        page.title = f"Σελίδα {number}"
        page.save(update_fields=["title"])
    HomePage.objects.update(tagline="Κάθε μέρα")
    SectionPage.objects.update(intro="Ειδήσεις")
    SiteQuestion.objects.create(language=language, question="Ποια πόλη;", answers="Αθήνα")


def _picture() -> NewsImage:
    found = NewsImage.objects.filter(title="Λιμάνι").first()
    return found or factories.image(title="Λιμάνι", description="Ένα καράβι", caption="Πρωί", credit="Γραφείο")


def _body(other: ArticlePage) -> list[tuple[str, object]]:
    picture = {"image": _picture(), "alt": "Βράδυ", "caption": "Νύχτα"}
    table = {
        "columns": [{"type": "text", "heading": "Πόλη"}, {"type": "number", "heading": "Σύνολο"}],
        "rows": [{"values": ["Αθήνα", NUMBER]}],
        "caption": "Πίνακας",
    }
    return [
        ("paragraph", "<p>Κείμενο <b>έντονο</b></p><ul><li>Ένα</li></ul>"),
        ("heading", "Κεφάλαιο"),
        ("image", picture),
        ("gallery", [picture, picture]),
        ("quote", {"text": "Καλημέρα", "attribution": "Μαρία"}),
        ("embed", {"url": FILM, "title": "Ταινία"}),
        ("embed", {"url": "https://example.org/", "title": "Σύνδεσμος"}),
        ("table", table),
        ("read_more", other),
    ]


def _article(language: str, story_language: str) -> ArticlePage:
    writers = [
        factories.author(name, language=language, role="Συντάκτης", bio="Βιογραφία", portrait=_picture())
        for name in ("Μαρία", "Ελένη", "Νίκος")
    ]
    topic = factories.topic("Θάλασσα", language=language, intro="Εισαγωγή")
    other = factories.article(title="Άλλη είδηση", language=language, published_at=UPDATED, authors=writers[:1])
    article = factories.article(
        title="Πρώτη είδηση",
        language=language,
        kicker="Ανάλυση",
        standfirst="Περίληψη",
        published_at=PUBLISHED,
        authors=writers,
        topics=[topic],
        main_image=_picture(),
        story_language=story_language,
        body=_body(other),
    )
    article.last_published_at = UPDATED
    article.corrections = [Correction(date=CORRECTED, text="Διόρθωση"), Correction(date=CORRECTED, text="Ξανά")]
    article.related = [RelatedStory(story=other)]
    article.live_blog = "running"
    article.save()
    post = [{"type": "paragraph", "value": "<p>Μόλις έφτασε</p>"}, {"type": "quote", "value": {"text": "Ναι"}}]
    LivePost.objects.create(story=article, title="Έφτασε", body=json.dumps(post), at=PUBLISHED)
    for place in (HomePage.objects.get(locale=article.locale), article.get_parent()):
        MostRead.objects.create(place=place, rank=0, story=article)
    BreakingNews.objects.create(edition=article.locale, text="Έκτακτο", story=article, since=PUBLISHED, until=ENDLESS)
    return article


def _comment(page: Page, **fields: object) -> Submitted:
    said = {"text": "Σχόλιο", "name": "Γιώργος", "language": "el", "at": COMMENTED, **fields}
    return submit_comment(page, **said)


def _receipts(article: ArticlePage, reasons: list[Reason]) -> dict[str, str]:
    """One receipt for each thing that can become of a comment."""
    published, held, rejected, spam, above = (_comment(article) for _ in range(5))
    below = _comment(article, reply_to=above.comment)
    for number in range(3):
        _comment(article, reply_to=published.comment, text=f"Απάντηση {number}")
    hold_comment(held.comment, reasons=reasons)
    reject_comment(rejected.comment, reasons=reasons)
    mark_comment_as_spam(spam.comment, reasons=reasons)
    publish_comment(published.comment)
    pin_comment(published.comment)
    mark_answered(published.comment)
    hold_comment(above.comment)
    gone = _comment(article)
    withdraw_comment(gone.comment.receipt)
    kinds = {"published": published, "held": held, "rejected": rejected, "spam": spam, "hidden": below, "gone": gone}
    return {kind: each.secret for kind, each in kinds.items()}


def _pages(article: ArticlePage, language: str) -> dict[str, str]:
    locale = Locale.objects.get(language_code=language)
    kinds = (HomePage, SectionPage, AuthorIndexPage, AuthorPage, TopicIndexPage, TopicPage)
    pages = {kind.__name__: kind.objects.filter(locale=locale).first() for kind in kinds}
    return {name: page.url for name, page in {**pages, "ArticlePage": article}.items()}


def _views(article: ArticlePage, withdrawn: ArticlePage, closed: ArticlePage, guarded: ArticlePage) -> dict[str, str]:
    first = Comment.objects.under(article.pk).public().filter(parent=None).get()
    reply = Comment.objects.under(article.pk).public().exclude(parent=None).first()
    return {
        "archive": reverse("newsroom:archive"),
        "archive month": reverse("newsroom:archive_month", args=[PUBLISHED.year, PUBLISHED.month]),
        "search": reverse("search:search"),
        "search with hits": f"{reverse('search:search')}?q=Πρώτη",
        "search without hits": f"{reverse('search:search')}?q=Τίποτα",
        "search narrowed down": f"{reverse('search:search')}?q=Πρώτη&since=2022-12-02&language={article.language}",
        "search with mistakes": f"{reverse('search:search')}?q=Πρώτη&author=Κανείς&since=2022-12-02&until=2022-12-01",
        "search for some words": f"{reverse('search:search')}?q=Πρώτη+Τίποτα",
        "more comments": f"{reverse('comments:thread', args=[article.pk])}?after={first.pk}",
        "comments, oldest first": f"{reverse('comments:thread', args=[article.pk])}?sort=oldest",
        "comments, most respected first": f"{reverse('comments:thread', args=[article.pk])}?sort=respected",
        "replies": reverse("comments:branch", args=[first.pk]),
        "respect": reverse("comments:respect", args=[first.pk]),
        "form": reverse("comments:form", args=[article.pk]),
        "form of a reply": f"{reverse('comments:form', args=[article.pk])}?reply_to={reply.pk}",
        "form of a reply to nothing": f"{reverse('comments:form', args=[article.pk])}?reply_to=9999",
        "form of a guarded story": reverse("comments:form", args=[guarded.pk]),
        "form of a closed story": reverse("comments:form", args=[closed.pk]),
        "form of a withdrawn story": reverse("comments:form", args=[withdrawn.pk]),
        "form of no story": reverse("comments:form", args=[9999]),
        "nothing": f"/{get_language()}/nothing/",
        "moderation": reverse("rights:moderation"),
        "rules": reverse("rights:rules"),
    }


def _decided(article: ArticlePage) -> dict[str, str]:
    """A comment that a moderator rejected, and one that a judge did: their receipts, and where to appeal."""
    moderator = User.objects.filter(email="desk@example.org").first() or User.objects.create_user(
        "desk@example.org", "a long password", first_name="Άννα"
    )
    rejected, appealed = (_comment(article, text=f"Απόφαση {number}") for number in range(2))
    with time_machine.travel(DECIDED, tick=False):
        decide(rejected.comment, actor=moderator, state="rejected", explanation="Εκτός θέματος")
        decide(appealed.comment, actor=moderator, state="spam")
        open_appeal(appealed.comment, text="Γιατί;")
    return {
        "receipt of a decision": reverse("comments:receipt", args=[rejected.secret]),
        "receipt of an appeal": reverse("comments:receipt", args=[appealed.secret]),
        "appeal": reverse("rights:appeal", args=[rejected.secret]),
        "appeal that was made": reverse("rights:appeal", args=[appealed.secret]),
    }


def print_paper(language: str, *, story_language: str, reasons: list[Reason]) -> Paper:
    """Return a paper in *language* with a story in *story_language*; *reasons* stand on the receipts of comments."""
    factories.newsroom()
    article = _article(language, story_language)
    withdrawn = factories.article(title="Παλιά", language=language, published_at=PUBLISHED)
    closed = factories.article(title="Κλειστή", language=language, published_at=PUBLISHED, comments_policy="closed")
    guarded = factories.article(title="Νέα", language=language, published_at=PUBLISHED, comments_policy="premoderated")
    _in_greek(language)
    secrets = _receipts(article, reasons) | {"withdrawn": _comment(withdrawn).secret}
    withdrawn.unpublish()
    with override(language):
        receipts = {f"receipt {kind}": reverse("comments:receipt", args=[secret]) for kind, secret in secrets.items()}
        back = {f"take back {kind}": reverse("comments:withdraw", args=[secrets[kind]]) for kind in ("held", "gone")}
        views = _views(article, withdrawn, closed, guarded)
        letters = letterbox(article, _comment(guarded), _comment(article, text="Ωραία"))
        return Paper(
            language,
            article,
            _pages(article, language) | views | receipts | back | letters | _decided(article),
        )
