"""Appeals about reports, over HTTP: from the receipt of a report to the desk and the public figures."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.moderation.factories import moderator
from tests.moderation.reports import declined
from tests.moderation.test_wagtail_hooks import entries
from tests.moderation.views.pages import QUEUE, said, soup, state, text_of
from tribuna.comments.models import Notice
from tribuna.comments.queries.letters import NOTICE, token_of
from tribuna.moderation.actions import open_notice_appeal, settle_notice_appeal
from tribuna.moderation.models import NoticeAppeal
from tribuna.moderation.queries import figures

APPEALS = "/admin/comments/appeals/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(db) -> Notice:
    return declined(moderator("otto@example.org", "Otto"))


@pytest.fixture
def appeal(notice) -> NoticeAppeal:
    return open_notice_appeal(notice, text="It calls us silly.")


def receipt(client, notice) -> str:
    return text_of(soup(client.get(reverse("comments:notice", args=[token_of(notice, NOTICE)]))).main)


def appeal_url(notice) -> str:
    return reverse("rights:notice_appeal", args=[token_of(notice, NOTICE)])


def settle_url(appeal) -> str:
    return reverse("moderation:notice_appeal", args=[appeal.pk])


def test_a_reader_appeals_from_the_receipt_and_sees_what_comes_of_it(client, notice) -> None:
    url = appeal_url(notice)
    page = client.get(reverse("comments:notice", args=[token_of(notice, NOTICE)]))
    assert url in [link["href"] for link in soup(page).select("main a")]
    form = client.get(url)
    assert form.headers["Referrer-Policy"] == "no-referrer"
    assert "It is an opinion." in text_of(soup(form).main)
    empty = client.post(url, {"text": " "})
    assert (empty.status_code, NoticeAppeal.objects.count()) == (422, 0)
    sent = client.post(url, {"text": "It calls us silly."})
    assert (sent.status_code, sent.headers["Location"].endswith("#notice-state")) == (303, True)
    assert "It waits for another moderator than the one who decided." in receipt(client, notice)
    again = client.post(url, {"text": "It really does."})
    assert again.status_code == 410
    assert "It really does." in again.text
    settle_notice_appeal(NoticeAppeal.objects.get(), actor=moderator(), outcome="upheld", answer="Silly is no insult.")
    text = receipt(client, notice)
    assert "The comment stays as it is. Silly is no insult." in text
    assert client.get(appeal_url(notice).replace("/appeal/", "x/appeal/")).status_code == 404


def test_the_desk_shows_it_to_others_than_who_declined(desk, client, appeal, mara) -> None:
    text = text_of(soup(desk.get(APPEALS)).main)
    for part in ("Never mind the silly ferry.", "It insults the ferry.", "It is an opinion.", "It calls us silly."):
        assert part in text
    response = desk.post(settle_url(appeal), {"outcome": "reversed"}, follow=True)
    assert said(response) == ["Choose what is to be done, and say why."]
    response = desk.post(settle_url(appeal), {"outcome": "reversed", "answer": "It was an insult."}, follow=True)
    assert said(response) == ["Decided, and told to who reported it."]
    assert state(appeal.notice.comment) == "rejected"
    assert "Nobody appeals." in desk.get(APPEALS).text
    assert "You were right: the comment was taken down. It was an insult." in receipt(client, appeal.notice)
    response = desk.post(settle_url(appeal), {"outcome": "upheld", "answer": "No."}, follow=True)
    assert said(response) == ["Mara was faster: the appeal is “Reversed” by now. Nothing was changed."]


def test_who_declined_the_report_is_refused(client, appeal) -> None:
    client.force_login(appeal.notice.decided_by)
    assert "You took this decision" in client.get(APPEALS).text
    response = client.post(settle_url(appeal), {"outcome": "reversed", "answer": "So."}, follow=True)
    assert said(response) == ["You took this decision, so another moderator decides on the appeal."]
    assert NoticeAppeal.objects.get().is_open


def test_it_takes_the_right_to_decide_on_reports(desk, mara, appeal) -> None:
    mara.groups.get().permissions.remove(Permission.objects.get(codename="settle_notices"))
    assert "It calls us silly." not in desk.get(APPEALS).text
    assert desk.post(settle_url(appeal), {"outcome": "upheld", "answer": "So."}).headers["Location"] == "/admin/"
    assert NoticeAppeal.objects.get().is_open
    assert "Reports" not in text_of(soup(desk.get(QUEUE)).select_one(".desk-day"))


def test_the_day_and_the_menu_say_how_many_wait(desk, appeal) -> None:
    for _ in range(2):
        Notice.objects.create(
            page=appeal.notice.page, comment=appeal.notice.comment, language="en", at=appeal.opened_at
        )
    page = soup(desk.get(QUEUE))
    day = text_of(page.select_one(".desk-day"))
    assert "Appeals 1 waits" in day
    assert "Reports 2 wait" in day
    props = json.loads(page.select_one("#wagtail-sidebar-props").string)
    (entry,) = [each for each in entries(props) if each.get("name") == "notices"]
    assert entry["attrs"] == {"data-desk-waiting": "2", "aria-label": "Reported comments, 2 waiting"}


def test_the_figures_count_them(client, appeal, mara) -> None:
    def figure(name: str) -> str:
        return soup(client.get("/en/moderation/")).select_one(f"[data-figure={name}]").get_text()

    assert [figure(f"notice-{name}") for name in ("appeals", "waiting", "reversed", "upheld")] == ["1", "1", "0", "0"]
    settle_notice_appeal(appeal, actor=mara, outcome="reversed", answer="It was an insult.")
    assert figures().notice_appeals == {"opened": 1, "upheld": 0, "reversed": 1, "waiting": 0}
