"""Appeals and saved filters at the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.comments import factories as readers
from tests.moderation.factories import article, comment, moderator
from tests.moderation.views.pages import QUEUE, said, soup, state, text_of
from tribuna.comments.models import Comment
from tribuna.moderation.actions import decide, open_appeal, save_filter, settle_appeal
from tribuna.moderation.models import Appeal, SavedFilter

pytestmark = pytest.mark.django_db

APPEALS = "/admin/comments/appeals/"


@pytest.fixture
def otto():
    return moderator("otto@example.org", "Otto")


@pytest.fixture
def appeal(otto) -> Appeal:
    """An appeal against what Otto decided."""
    stored = comment(name="Reader 1")
    decide(stored, actor=otto, state="rejected", rule="topic", explanation="Not here.")
    return open_appeal(stored, text="Where else?")


def settle(desk, appeal: Appeal, **fields: str):
    return desk.post(reverse("moderation:appeal", args=[appeal.pk]), fields, follow=True)


def test_an_appeal_is_shown_with_all_that_is_needed_and_decided(desk, appeal):
    words = text_of(soup(desk.get(APPEALS)).main)
    for part in ("Reader 1", "Otto", "Keep to the subject (1)", "Not here.", "Where else?", "Reverse and publish"):
        assert part in words
    response = settle(desk, appeal, outcome="reversed", answer="Here.")
    assert said(response) == ["Reversed. The author finds it on the receipt."]
    assert "Nobody appeals." in text_of(soup(response).main)
    assert Comment.objects.get().state == "published"


def test_an_appeal_against_a_machine_is_shown_and_one_whose_page_is_gone_is_not(desk, appeal, settings):
    settings.TRIBUNA_JUDGES = ["tests.comments.factories.Severe"]
    page = article(title="Other", comments_policy="open")
    open_appeal(readers.comment(page, "LOUD", at=timezone.now()), text="It is a name.")
    appeal.decision.comment.page.delete()
    words = text_of(soup(desk.get(APPEALS)).main)
    assert "The judges" in words
    assert "Where else?" not in words
    assert settle(desk, appeal, outcome="upheld").status_code == 404


def test_who_decided_is_shown_no_buttons_and_refused(client, otto, appeal):
    client.force_login(otto)
    page = soup(client.get(APPEALS))
    assert "another moderator decides" in text_of(page.main)
    assert not page.select("[name=outcome]")
    assert said(settle(client, appeal, outcome="upheld")) == [
        "You took this decision, so another moderator decides on the appeal."
    ]
    assert Appeal.objects.get().is_open


def test_whoever_is_slower_learns_what_came_of_it(desk, appeal):
    cleo = moderator("cleo@example.org", "Cleo")
    settle_appeal(Appeal.objects.get(), actor=cleo, outcome="upheld")
    assert said(settle(desk, appeal, outcome="reversed")) == [
        "Cleo was faster: the appeal is “Upheld” by now. Nothing was changed."
    ]


def test_a_comment_that_moved_without_the_desk_is_left_alone(desk, appeal):
    Comment.objects.update(state="held")
    assert "Nothing was changed." in said(settle(desk, appeal, outcome="reversed"))[0]
    assert Appeal.objects.get().is_open


def test_nothing_is_not_an_outcome(desk, appeal):
    assert said(settle(desk, appeal)) == ["Choose what is to be done."]
    assert settle(desk, Appeal(pk=99), outcome="upheld").status_code == 404


def test_a_comment_with_an_open_appeal_can_only_be_published(desk, appeal):
    stored = appeal.decision.comment
    response = desk.post(reverse("moderation:decision", args=[stored.pk]), {"state": "spam", "seen": "rejected"})
    assert response.status_code == 409
    assert "has appealed, and that comes first" in text_of(soup(response).main)
    assert state(stored) == "rejected"


def test_a_filter_is_kept_shown_used_and_forgotten(desk, mara):
    article()
    response = desk.post(f"{reverse('moderation:filters')}?language=es&after=3&x=1", {"name": "Spanish"}, follow=True)
    assert said(response) == ["The filter “Spanish” is kept."]
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.query) == (mara, "state=held&language=es") or kept.query == "language=es"
    link = soup(desk.get(f"{QUEUE}?{kept.query}")).select_one(".desk-saved li a")
    assert (link["href"], link["aria-current"]) == (f"{QUEUE}?{kept.query}", "page")
    response = desk.post(reverse("moderation:filter", args=[kept.pk]), follow=True)
    assert said(response) == ["The filter “Spanish” is forgotten."]
    assert not SavedFilter.objects.exists()


def test_a_filter_needs_a_name_and_belongs_to_one_moderator(desk, otto):
    article()
    assert said(desk.post(reverse("moderation:filters"), {"name": " "}, follow=True)) == ["A filter needs a name."]
    others = save_filter(otto, name="Mine", query="")
    assert desk.post(reverse("moderation:filter", args=[others.pk]), follow=True).status_code == 404
    assert "Mine" not in text_of(soup(desk.get(QUEUE)).main)
