from __future__ import annotations

import pytest

from tests.moderation.factories import article, draft
from tribuna.comments.base import Decision
from tribuna.moderation.judges import _articles
from tribuna.moderation.judges._articles import ARTICLES
from tribuna.moderation.judges.copied import CopiedJudge

FIRST = (
    "The ferry to the island will sail again on Monday after eleven weeks in the dock, the port authority said on "
    "Friday evening, and the first boat leaves the old quay at six in the morning with room for ninety cars."
)
SECOND = (
    "Passengers had waited for news since the engine failed in a storm last autumn. Shops on the island lost a third "
    "of their trade over the winter, says the chamber of commerce, and two of the hotels have not opened since."
)
THIRD = (
    "The repair cost four million, more than twice what was planned, because parts had to be cast anew by a foundry "
    "that had closed its books on such work years ago. The council will discuss in May who is to pay for what."
)
REMARK = "I doubt that, and I have taken this boat for thirty years."

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return article(
        standfirst="A boat comes back.",
        body=[
            ("paragraph", f"<p>{FIRST} <b>{SECOND}</b></p>"),
            ("quote", {"text": THIRD, "attribution": "Chamber of commerce"}),
        ],
    )


def said(page, text: str) -> list[str]:
    verdict = CopiedJudge().judge(draft(text, page_id=page.pk))
    assert verdict.decision is (Decision.HOLD if verdict.reasons else Decision.PUBLISH)
    return [str(reason) for reason in verdict.reasons]


def test_the_articles_own_words_alone_are_held(page) -> None:
    count = len(FIRST.split())
    assert said(page, FIRST) == [f"{count} of its {count} words are copied from the article."]
    assert said(page, f"{FIRST} See https://pills.example.com/buy/now?x=1") != []
    assert said(page, f"{FIRST.upper()}\n\n{SECOND} {THIRD}") != []
    assert said(page, FIRST.replace("e", "\u0435")) != []  # a Cyrillic one


@pytest.mark.parametrize("quoted", [FIRST, SECOND, FIRST.split(",", maxsplit=1)[0]])
def test_a_quotation_with_a_remark_is_honest(page, quoted: str) -> None:
    assert said(page, f"“{quoted}” {REMARK}") == []
    assert said(page, f"{quoted}\nI don't believe this.") == []


def test_who_quotes_much_has_to_say_more(page) -> None:
    everything = f"{FIRST} {SECOND} {THIRD}"
    assert said(page, f"{everything} Is that so?") != []
    assert said(page, f"{everything} {REMARK} {REMARK.replace('boat', 'ship')}") == []


def test_other_words_and_short_phrases_are_nobodys(page) -> None:
    assert said(page, "The ferry to the island will sail again on Monday") == []
    own = "I take the ferry to the island each Monday and hope that it will sail, for no other boat has room for me"
    assert said(page, own) == []


def test_an_article_is_read_once_and_only_for_what_is_long_enough(page, settings, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        said(page, "The ferry was late.")
    with django_assert_num_queries(1):
        said(page, FIRST)
        said(page, SECOND)
    settings.TRIBUNA_FILTER_MEMORY_SECONDS = -1
    ARTICLES.forget()
    with django_assert_num_queries(2):
        said(page, FIRST)
        said(page, FIRST)


def test_only_so_many_articles_are_remembered(page, monkeypatch) -> None:
    monkeypatch.setattr(_articles, "REMEMBERED", 2)
    for number in (page.pk, 7_001, 7_002):
        assert CopiedJudge().judge(draft(FIRST, page_id=number)).decision is Decision(number == page.pk)
    assert list(ARTICLES._known) == [7_001, 7_002]
