from __future__ import annotations

import pytest

from tests.moderation.factories import article, comment
from tests.moderation.queries.test_alike import TEXT, campaign
from tests.moderation.views.pages import DECISIONS, QUEUE, decision_url, said, soup, state, text_of
from tribuna.comments.models import Comment
from tribuna.moderation.models import Decision
from tribuna.moderation.queries import statement_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(mara) -> list[Comment]:
    """Four comments that say nearly the same, by four authors, one of them in Spanish."""
    found = [Comment.objects.get(pk=pk) for pk in campaign(article())]
    Comment.objects.filter(pk=found[3].pk).update(lang="es")
    return found


def states(group: list[Comment]) -> list[str]:
    return [state(each) for each in group]


def together(desk, group: list[Comment]) -> str:
    """Return the ids that the row of a group sends along."""
    row = soup(desk.get(QUEUE)).select_one(f"#comment-{group[0].pk}")
    return row.select_one("[name=alike]")["value"]


def test_one_decision_decides_the_group_as_it_was_shown_and_each_author_is_told(desk, group) -> None:
    row = soup(desk.get(QUEUE)).select("article")
    assert len(row) == 1
    assert "and 3 others that say nearly the same" in text_of(row[0])
    sent = together(desk, group)
    assert sent.split() == [str(each.pk) for each in group[1:]]
    late = comment(group[0].page.specific, text=TEXT.format("socks"))  # nobody has seen it yet
    fields = {"seen": "held", "reject": "advertising", "alike": sent}
    response = desk.post(decision_url(group[0]), fields, follow=True)
    assert said(response) == ["Rejected: 4 comments"]
    assert (states(group), state(late)) == (["rejected"] * 4, "held")
    for each in group:
        statement = statement_of(Comment.objects.get(pk=each.pk))
        assert statement.may_be_appealed
        assert statement.rule.title == ("Sin publicidad" if statement.decision.lang == "es" else "No advertising")
    undo = soup(response).select_one(".messages form")
    desk.post(undo["action"], {"undo": [field["value"] for field in undo.select("[name=undo]")]})
    assert states(group) == ["held"] * 4


def test_the_others_of_a_group_can_be_looked_at_one_by_one(desk, group) -> None:
    alone = soup(desk.get(f"{QUEUE}?alike={group[1].pk}"))
    assert [name.get_text() for name in alone.select("article h3")] == ["shoes", "boots", "gloves", "hats"]
    assert "Only comments that say nearly the same." in text_of(alone)


def test_without_the_others_only_one_is_decided(desk, group) -> None:
    desk.post(decision_url(group[0]), {"seen": "held", "state": "published"})
    assert states(group) == ["published", "held", "held", "held"]


def test_a_group_that_is_larger_than_what_is_decided_at_once_says_so(desk, group, settings) -> None:
    settings.TRIBUNA_DESK_BULK_MAXIMUM = 2
    assert "and 2 of 3 others that say nearly the same" in text_of(soup(desk.get(QUEUE)).main)
    assert together(desk, group).split() == [str(each.pk) for each in group[1:3]]
    everyone = " ".join(str(each.pk) for each in group[1:])
    response = desk.post(decision_url(group[0]), {"seen": "held", "state": "spam", "alike": everyone})
    assert "These comments can’t be decided on together." in response.content.decode()
    assert states(group) == ["held"] * 4


def test_chosen_ones_take_their_groups_along_if_so_wished(desk, group) -> None:
    page = group[0].page.specific
    alone = comment(page, text="Where is the ferry?")
    shown = soup(desk.get(QUEUE))
    groups = [field["value"] for field in shown.select("[name=group]")]
    fields = {"state": "spam", "comments": [f"{group[0].pk}:held", f"{alone.pk}:held"], "group": groups}
    desk.post(DECISIONS, {**fields, "comments": [f"{alone.pk}:held"], "alike": "1"})
    assert (states(group), state(alone)) == (["held"] * 4, "spam")
    response = desk.post(DECISIONS, {**fields, "comments": [f"{group[0].pk}:held"], "alike": "1"}, follow=True)
    assert said(response)[-1] == "Marked as spam: 4 comments"
    assert states(group) == ["spam"] * 4


@pytest.mark.parametrize("value", ["x", "1 x", "-1", "9" * 30])
def test_ids_that_could_be_none_are_refused(desk, group, value: str) -> None:
    response = desk.post(decision_url(group[0]), {"seen": "held", "state": "spam", "alike": value})
    assert response.status_code == 422
    fields = {"state": "spam", "comments": [f"{group[0].pk}:held"], "group": [f"1:{value}"], "alike": "1"}
    assert desk.post(DECISIONS, fields).status_code == 422
    assert not Decision.objects.by_people().exists()


def test_what_was_decided_already_takes_no_others_along(desk, group) -> None:
    published = comment(group[0].page.specific, text="Thank you", state="published")
    fields = {"seen": "published", "state": "spam", "alike": str(group[0].pk)}
    desk.post(decision_url(published), fields)
    assert (state(published), states(group)) == ("spam", ["held"] * 4)
