from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from tests.moderation.factories import comment
from tests.moderation.lessons import decided
from tests.moderation.views.pages import QUEUE, said, soup, text_of
from tribuna.comments.base import Decision as Said
from tribuna.comments.models import Comment, State
from tribuna.learning.metrics import Share
from tribuna.moderation.actions import decide, is_fit_waiting, retrain_filter
from tribuna.moderation.models import Score, SiteFilter
from tribuna.moderation.queries import filter_state
from tribuna.moderation.tasks import fit_again
from tribuna.moderation.templatetags.desk import share_words

PAGE = "/admin/comments/learned-filter/"
FITS = "/admin/comments/learned-filter/fits/"
SPAM = "Click http://best-pills.com and win free cash now!!! Subscribe to my channel"

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(desk, mara):
    """A moderator's browser who may teach the filter too."""
    mara.user_permissions.add(Permission.objects.get(codename="teach_filter"))
    return desk


def shown(client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return text_of(soup(response).select_one("main"))


def withdrawal(fit: SiteFilter) -> str:
    return reverse("moderation:withdrawal", args=[fit.pk])


def test_before_anything_was_learned_the_prior_sorts_and_nothing_is_claimed(desk) -> None:
    assert any(link["href"] == PAGE for link in soup(desk.get(QUEUE)).select("a[href]"))
    text = shown(desk)
    assert "Decides the shipped prior alone" in text
    assert "It only sorts: what is like spam is held for a moderator." in text
    assert text.count("None yet.") == 2
    assert "Of those decided, spam unknown (of none)" in text
    assert "Fit it" not in text


def test_it_shows_what_was_learned_and_how_good_it_is(teacher, settings) -> None:
    settings.TRIBUNA_FILTER_PRECISION, settings.TRIBUNA_FILTER_AUDIT_SHARE = 0.8, 1
    settings.TRIBUNA_FILTER_REJECT_SCORE = 1
    comment(text=SPAM, state=State.SPAM)
    decided(160)
    fit = retrain_filter()
    text = shown(teacher)
    assert "Decides the shipped prior and this newsroom’s own layer" in text
    assert f"Learned from {fit.decisions} decisions, spam: {fit.spam}" in text
    assert "rejects by itself: English, from a score of " in text
    rows = [text_of(row) for row in soup(teacher.get(PAGE)).select("table tbody tr")]
    held, rejected = fit.standing["en"]["hold"], fit.standing["en"]["reject"]
    assert rows == [
        f"English {word} {share_words(Share(**shares['precision']))} {share_words(Share(**shares['recall']))}"
        for word, shares in (("holds", held), ("rejects", rejected))
    ] + ["English holds 100.0% (20.7% to 100.0%, of 1) 100.0% (20.7% to 100.0%, of 1)"] + [
        "English rejects unknown (of none) 0.0% (0.0% to 79.3%, of 1)"
    ]


def test_the_audited_sample_is_what_would_have_been_rejected_and_a_person_read(desk, mara, settings) -> None:
    settings.TRIBUNA_FILTER_PRECISION, settings.TRIBUNA_FILTER_AUDIT_SHARE = 0.8, 1
    settings.TRIBUNA_FILTER_REJECT_SCORE = 1
    decided(160)
    retrain_filter()
    page = Comment.objects.first().page.specific
    page.comments_policy = "open"
    drawn = [comment(page, text=f"{SPAM} {number}", email=f"{number}@example.org") for number in range(3)]
    assert list(Score.objects.values_list("decision", flat=True)) == [Said.REJECT] * 3
    decide(drawn[0], actor=mara, state=State.SPAM)
    decide(drawn[1], actor=mara, state=State.PUBLISHED)
    settings.TRIBUNA_FILTER_AUDIT_SHARE = 0
    comment(page, text=f"{SPAM} 4", state=State.REJECTED)
    audit = filter_state().audit
    assert (audit.drawn, audit.spam, audit.rejected) == (3, Share(1, 2), 1)
    assert "Rejected by itself 1 Drawn 3 Of those decided, spam 50.0% (9.5% to 90.5%, of 2)" in shown(desk)


def test_who_may_teach_has_it_fitted_by_a_task_once(teacher) -> None:
    decided(60)
    assert said(teacher.post(FITS, follow=True)) == ["The filter is being fitted. That takes up to a minute."]
    assert "It is being fitted to the newest decisions." in shown(teacher)
    assert said(teacher.post(FITS, follow=True)) == ["That was asked for already; it is not done yet."]
    assert DBTaskResult.objects.filter(task_path=fit_again.module_path).count() == 1
    assert not SiteFilter.objects.exists()
    fit_again.call()
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert SiteFilter.objects.get().decisions == 60
    assert not is_fit_waiting()


def test_a_task_without_enough_to_learn_from_changes_nothing(db, caplog) -> None:
    fit_again.call()
    assert not SiteFilter.objects.exists()
    assert "0 decisions to learn from" in caplog.text


def test_a_fit_is_taken_back_once_by_who_may(teacher) -> None:
    decided(60)
    first, second = retrain_filter(), retrain_filter()
    assert f"Take it back to fit {first.pk}" in shown(teacher)
    assert said(teacher.post(withdrawal(second), follow=True)) == [f"Taken back. In force: fit {first.pk}."]
    assert said(teacher.post(withdrawal(second), follow=True)) == [
        "This fit is no longer in force. Nothing was changed."
    ]
    assert SiteFilter.objects.in_force() == first
    assert "Take it back to the shipped prior" in shown(teacher)
    assert said(teacher.post(withdrawal(first), follow=True)) == ["Taken back. In force: the shipped prior alone."]
    assert "Take it back" not in shown(teacher)


def test_a_layer_of_another_version_and_a_filter_that_is_not_asked_are_told(desk, settings, monkeypatch) -> None:
    decided(60)
    retrain_filter()
    monkeypatch.setattr("tribuna.learning.layers.FORMAT", 1)
    settings.TRIBUNA_JUDGES = []
    text = shown(desk)
    assert "It is not among the judges in use" in text
    assert "made by another version of Tribuna" in text


@pytest.mark.parametrize("name", ["fits", "withdrawal"])
def test_a_moderator_without_the_right_teaches_nothing(desk, name: str) -> None:
    decided(60)
    fit = retrain_filter()
    url = reverse(f"moderation:{name}", args=[fit.pk] if name == "withdrawal" else [])
    assert desk.post(url).headers["Location"] == "/admin/"
    assert SiteFilter.objects.in_force() == fit
    assert not DBTaskResult.objects.exists()


def test_shares_are_written_as_the_language_writes_them() -> None:
    with override("es"):
        assert "33,3" in share_words(Share(1, 3))
