"""No word, date or number of a page is in the wrong language.

The content is Greek (``paper``) and the interface speaks a language that nobody speaks (``tools.pseudo``): what is
neither never met translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings as project
from django.template import engines
from django.test import RequestFactory
from django.utils import formats
from django.utils.translation import get_language_info, gettext, gettext_noop, override

from tests.house.paper import NUMBER, Paper, dates_in, print_paper
from tests.house.speech import letters, plain, sayings
from tests.house.test_rules import ROOT
from tools.messages import PLACEHOLDER, as_mo, key, words_in
from tools.pseudo import pseudo_catalogue
from tribuna.comments.base import Reason
from tribuna.theme import dates, stencils, words
from tribuna.theme import views as theme

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "es"]
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+")
PSEUDO = re.compile(r"⟦[^⟧]*⟧")
HOSTS = re.compile(r"\bYouTube\b|\b(?:www\.)?(?:youtube\.com|youtube-nocookie\.com|example\.org)\b|https?://\S*")
# Names of their own: hosts, and languages, which are called by their own names, wherever they stand.
AUTONYMS = {get_language_info(code)["name_local"].lower() for code in project.TRIBUNA_STORY_LANGUAGES}
# The pages that say what can't be had.
MISSING = {
    "form of a closed story": 403,
    "form of a withdrawn story": 410,
    "form of no story": 404,
    "nothing": 404,
    "mail of long ago": 404,
}
REASON = gettext_noop("The reader asked for a moderator.")


@pytest.fixture
def pseudo(settings, tmp_path) -> Callable[[str], None]:
    """Makes a language speak pseudo, for everything that Django or we say."""
    known = Path(django.__file__).parent / "conf/locale/es/LC_MESSAGES/django.po"
    words = [read_po(BytesIO(known.read_bytes())), words_in(ROOT, "es")]

    def pseudo(language: str) -> None:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.mo").write_bytes(as_mo(pseudo_catalogue(words, language)))
        settings.LOCALE_PATHS = [str(tmp_path), *settings.LOCALE_PATHS]

    return pseudo


def _forget_what_was_printed() -> None:
    for memo in (dates._day, dates._moments, stencils._cut, words._comment_count):
        memo.cache_clear()
    for loader in engines["django"].engine.template_loaders:
        loader.reset()


@pytest.fixture(autouse=True)
def _nothing_was_printed_before() -> Iterator[None]:
    """What the theme keeps was printed in a language that only had the same name."""
    _forget_what_was_printed()
    yield
    _forget_what_was_printed()


@pytest.fixture(autouse=True)
def _greek_and_small(settings):
    settings.WAGTAIL_SITE_NAME = "Τα Νέα"  # noqa: RUF001
    settings.TRIBUNA_JUDGES = []
    settings.TRIBUNA_COMMENTS_PER_PAGE = 2


def _error_pages(language: str) -> Iterator[tuple[str, str]]:
    request = RequestFactory().get(f"/{language}/wrong/")
    yield "error 400", theme.bad_request(request, ValueError()).content.decode()
    yield "error 403", theme.permission_denied(request, ValueError()).content.decode()
    yield "error 500", theme.server_error(request).content.decode()


def _forms(client, paper: Paper) -> Iterator[tuple[str, str]]:
    """The form as it comes back: with each challenge, and with everything wrong."""
    address = paper.addresses["form"]
    for challenge in ("image", "sound", "question", "person"):
        yield f"form with {challenge}", client.post(address, {"another": challenge}).content.decode()
    wrong = {"empty": {}, "bad": {"text": "Ω" * 6000, "name": "Ω" * 90, "email": "Ω", "language": "Ξ", "answer": "Ξ"}}
    for name, typed in wrong.items():
        yield f"form sent {name}", client.post(address, typed).content.decode()
    foreign = client.post(address, {"text": "Σχόλιο"}, headers={"Sec-Fetch-Site": "cross-site"})
    yield "form of another site", foreign.content.decode()


def _everything(client, paper: Paper) -> dict[str, str]:
    """Every page of the paper as HTML, by a name for it."""
    answers = {name: client.get(address) for name, address in paper.addresses.items()}
    assert {name: each.status_code for name, each in answers.items() if each.status_code != 200} == MISSING
    shown = {name: answer.content.decode() for name, answer in answers.items()}
    return shown | dict(_forms(client, paper)) | dict(_error_pages(paper.language))


def _unspoken(text: str, *known: str) -> str:
    """Return the letters of *text* that are neither Greek, pseudo, a host or one of the *known* pieces."""
    if text.lower() in AUTONYMS:
        return ""
    for piece in sorted(known, key=len, reverse=True):
        text = text.replace(piece, " ")
    return letters(GREEK.sub(" ", HOSTS.sub(" ", PSEUDO.sub(" ", text))))


def _story_words(language: str) -> set[str]:
    """What the chrome of a story says in *language*, cut where values stand in it."""
    with override(language):
        said = {plain(gettext(key(message)[1])) for message in words_in(ROOT, "fr") if message.id}
    return {piece.strip() for text in said for piece in re.split(r"%\(\w+\)s", text) if piece.strip()}


def _wrong(html: str, language: str, *, story_language: str) -> list[str]:
    """Return what *html* says in the wrong language, if the interface in *language* is pseudo and the story is not."""
    dates, story_words = dates_in(language), _story_words(story_language)
    problems = []
    for saying in sayings(html):
        if saying.language in {language, ""}:
            left = _unspoken(saying.text, *dates)
            problems += [f"{left!r} never met translation: {saying}"] if left else []
        else:
            left = _unspoken(saying.text, *story_words)
            problems += [f"{left!r} is not of the story: {saying}"] if left else []
            problems += [f"the interface speaks in the story: {saying}"] if PSEUDO.search(saying.text) else []
    return problems


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story_language", ["", "fr", "ar"])
def test_every_word_of_the_interface_met_translation(language, story_language, pseudo, client):
    pseudo(language)
    paper = print_paper(language, story_language=story_language, reasons=[Reason(REASON)])

    pages = _everything(client, paper)

    problems = {name: _wrong(html, language, story_language=story_language or language) for name, html in pages.items()}
    assert not any(problems.values()), "\n".join(f"{name}: {each}" for name in problems for each in problems[name])
    assert all("⟦" in html for html in pages.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story_language", ["fr", "ar", "pt", "en", "es"])
def test_words_inside_a_story_are_in_its_language(language, story_language, client):
    paper = print_paper(language, story_language=story_language, reasons=[])

    said = [saying for saying in sayings(client.get(paper.article.url).content.decode()) if saying.language]

    with override(story_language):
        expected = {
            gettext("READ MORE:"),
            gettext("Image: %(credit)s") % {"credit": "Γραφείο"},
            formats.localize(NUMBER),
        }
    said_there = {saying.text for saying in said if saying.language == story_language}
    assert {plain(text) for text in expected} <= said_there


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_in_another_language_speaks_only_where_it_says_so(language, pseudo, client):
    pseudo("fr")
    paper = print_paper(language, story_language="fr", reasons=[])

    said = sayings(client.get(paper.article.url).content.decode())

    assert {saying.language for saying in said if PSEUDO.search(saying.text)} == {"fr"}


def test_the_two_interfaces_say_nothing_alike(client):
    chrome = {}
    for language in LANGUAGES:
        paper = print_paper(language, story_language="", reasons=[Reason(REASON)])
        dates = dates_in(language)
        pages = _everything(client, paper)
        chrome[language] = {
            name: {left for saying in sayings(html) if (left := _unspoken(saying.text, *dates))}
            for name, html in pages.items()
        }
    with override("es"):
        words = [key(message)[1] for message in words_in(ROOT, "es")]
        alike = {_unspoken(PLACEHOLDER.sub(" ", text)) for text in words if text == gettext(text)}
    same = {name: (chrome["en"][name] & chrome["es"][name]) - alike for name in chrome["en"]}
    assert {name: words for name, words in same.items() if words} == {}
    assert all(chrome["es"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_the_interface_writes_them(language, client):
    paper = print_paper(language, story_language="fr", reasons=[])
    other = next(code for code in LANGUAGES if code != language)

    said = " ".join(saying.text for saying in sayings(client.get(paper.article.url).content.decode()))

    written = {"en": ["2 December 2022", "5 March 2023", "9 January 2023", "7 February 2023"]}
    written["es"] = ["2 de diciembre de 2022", "5 de marzo de 2023", "9 de enero de 2023", "7 de febrero de 2023"]
    assert [date for date in written[language] if date not in said] == []
    assert [date for date in written[other] if date in said] == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("<p>Hello</p>", "'Hello' never met translation"),
        ('<p aria-label="Hello">⟦Buenas⟧ καλημέρα</p>', "'Hello' never met translation"),
        ("<p>⟦By ⟧Μαρία and ⟦more⟧</p>", "'and' never met translation"),
        ("<time>2 December 2022</time>", "'December' never met translation"),
        ('<p lang="fr">Ταξίδι ⟦Read more⟧</p>', "the interface speaks in the story"),
        ('<p lang="fr">READ MORE: Ταξίδι</p>', "'READ MORE' is not of the story"),
    ],
)
def test_a_word_in_the_wrong_language_is_caught(said, problem):
    found = _wrong(f'<html lang="es">{said}</html>', "es", story_language="fr")
    assert [each for each in found if each.startswith(problem)] == found
    assert found


@pytest.mark.parametrize(
    "said",
    [
        "<p>⟦Hello⟧, Μαρία. 12 – 34%</p>",
        "<time>2 de diciembre de 2022</time>",
        '<a lang="en">English</a> <option>Français</option>',
        '<p lang="fr">À LIRE AUSSI : Ταξίδι</p>',
        "<p>⟦It comes from ⟧www.youtube.com⟦.⟧</p>",
    ],
)
def test_words_in_the_right_language_are_left_alone(said):
    assert _wrong(f'<html lang="es">{said}</html>', "es", story_language="fr") == []
