from __future__ import annotations

import pytest
from django.conf import settings
from django.http import QueryDict

from tests.moderation.factories import article, comment, moderator
from tribuna.core.plug import plugs
from tribuna.moderation.actions import decide, open_desk
from tribuna.moderation.forms import AuditForm, BulkForm, DecisionForm, QueueForm
from tribuna.moderation.queries import Filters

pytestmark = pytest.mark.django_db


def wanted(query: str) -> Filters:
    """Return what the queue's form makes of an address."""
    return QueueForm(QueryDict(query)).wanted()


def test_without_a_wish_the_queue_shows_what_waits() -> None:
    assert wanted("") == Filters()


def test_wishes_are_understood() -> None:
    page = article()
    ana = comment(page, email="ana@example.org")
    query = f"state=spam&section={page.section.pk}&language=es&judge=links&order=newest&page={page.pk}&author={ana.pk}"
    assert wanted(query) == Filters(
        state="spam",
        section=page.section,
        page_id=page.pk,
        language="es",
        judge="links",
        author_ref=ana.author_ref,
        newest_first=True,
    )
    assert wanted("state=all").state == ""


def test_wishes_that_make_no_sense_are_left_out() -> None:
    form = QueueForm(QueryDict("state=x&section=x&language=x&judge=x&order=x&page=x&author=99&after=-1"))
    assert form.wanted() == Filters()
    assert form.after_id is None


def test_lists_name_sections_languages_and_judges() -> None:
    article()
    form = QueueForm()
    labels = {
        name: [str(label) for _value, label in form.fields[name].choices]
        for name in form.fields
        if name != "x" and hasattr(form.fields[name], "choices")
    }
    assert labels["section"] == ["All", "City (English)", "Ciudad (Spanish)"]
    assert labels["language"] == ["All", "English", "Spanish", "French", "Portuguese", "Arabic"]
    assert labels["judge"] == ["All", *(str(judge.title) for judge in plugs(settings.TRIBUNA_JUDGES))]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"state": "published"}, {}),
        ({"state": "rejected", "rule": "topic"}, {}),
        ({"state": "rejected", "explanation": "Because."}, {}),
        ({"state": "rejected"}, {"rule"}),
        ({"state": "rejected", "explanation": "  "}, {"rule"}),
        ({"state": "rejected", "explanation": "x" * 1001}, {"explanation"}),
        ({"state": "rejected", "rule": "nothing"}, {"rule"}),
        ({"state": "held"}, {"__all__"}),
        ({"state": "gone"}, {"state"}),
        ({}, {"state"}),
        ({"state": "published", "seen": "x"}, {"seen"}),
    ],
)
def test_a_rejection_needs_a_reason_and_a_decision_a_change(fields: dict[str, str], errors: set[str]) -> None:
    open_desk()
    form = DecisionForm({"seen": "held", **fields})
    assert set(form.errors) == set(errors)


def test_only_a_rejection_is_explained() -> None:
    form = DecisionForm({"seen": "held", "state": "spam", "explanation": "Typed and then not meant."})
    assert form.is_valid()
    assert form.reasons() == {"state": "spam"}


@pytest.mark.parametrize("value", ["1", "1:", ":held", "x:held", "1:gone", "-1:held", f"{2**63}:held", "²:held"])
def test_what_is_not_a_comment_in_a_state_is_refused(value: str) -> None:
    form = BulkForm(QueryDict(f"state=spam&comments={value}"))
    assert set(form.errors) == {"comments"}


def test_checked_comments_are_read_with_the_state_seen() -> None:
    form = BulkForm(QueryDict("state=spam&comments=1:held&comments=20:published"))
    assert form.is_valid()
    assert form.cleaned_data["comments"] == {1: "held", 20: "published"}


def test_nothing_checked_is_said() -> None:
    form = BulkForm(QueryDict("state=spam"))
    assert form.errors["comments"] == ["Choose at least one comment."]


def test_the_audit_is_narrowed_by_moderator_and_action() -> None:
    mara = moderator()
    decide(comment(), actor=mara, state="published")
    form = AuditForm(QueryDict(f"moderator={mara.pk}&action=spam&before=7"))
    assert form.wanted() == {"actor_id": mara.pk, "action": "spam", "before": 7}
    assert [str(label) for _value, label in form.fields["moderator"].choices] == ["All", "Mara"]
    assert AuditForm(QueryDict("moderator=x&action=x&before=x")).wanted() == {
        "actor_id": None,
        "action": "",
        "before": None,
    }
