"""What a page allows, when that changes, and what the newsroom says of all pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.comments.factories import comment
from tests.comments.visits import form_url, sent, written
from tribuna.comments.actions import FIRST_IS_READ, PageClosed, publish_comment, submit_comment
from tribuna.comments.base import Closed
from tribuna.comments.models import Comment, CommentSettings, State, read_hours
from tribuna.comments.queries import Rules, rules_of
from tribuna.press.base import recorded
from tribuna.press.models import Purge

pytestmark = pytest.mark.django_db

# The clocks of Madrid went forward in the night to Sunday, 26 March 2023: 02:00 became 03:00.
FRIDAY, SUNDAY, MONDAY = (datetime(2023, 3, day, 8, 0, tzinfo=UTC) for day in (24, 26, 27))
NINE_TO_FIVE = "09:00-13:00, 15:00-17:00"


@pytest.fixture(autouse=True)
def _madrid(settings):
    settings.TIME_ZONE = "Europe/Madrid"


def says(**fields: object) -> None:
    """Let the newsroom say something of all its pages."""
    CommentSettings.objects.create(**fields)


def test_a_page_that_says_nothing_does_as_the_site_says_in_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rules_of(page) == Rules("open")
    says(policy="premoderated")
    assert rules_of(page).policy == "premoderated"
    page.comments_policy = "open"
    assert rules_of(page).policy == "open"


def test_a_page_closes_exactly_when_its_days_are_over(page):
    says(close_days=14)
    end = page.published_at + timedelta(days=14)
    second = timedelta(seconds=1)
    assert rules_of(page, at=end - second) == Rules("open", changes_at=end)
    assert rules_of(page, at=end) == Rules("open", Closed.BY_AGE)
    page.comments_close_days = 2
    assert rules_of(page, at=end - second).closed is Closed.BY_AGE
    page.comments_close_days = 0
    assert rules_of(page, at=end) == Rules("open")
    page.comments_policy = "closed"
    assert rules_of(page, at=end) == Rules("closed", Closed.BY_POLICY)


def test_a_draft_that_was_never_published_does_not_close(page):
    page.published_at = page.first_published_at = None
    says(close_days=1)
    assert rules_of(page).is_open


def test_staffed_hours_are_those_of_the_newsrooms_clock(page):
    page.comments_policy = "staffed"
    says(monday=NINE_TO_FIVE, friday=NINE_TO_FIVE)
    hour = timedelta(hours=1)
    assert rules_of(page, at=FRIDAY) == Rules("staffed", changes_at=FRIDAY + 4 * hour)
    lunch = FRIDAY + 4 * hour
    assert rules_of(page, at=lunch) == Rules(
        "staffed", Closed.BY_HOUR, changes_at=lunch + 2 * hour, opens_at=lunch + 2 * hour
    )
    monday = MONDAY - hour  # nine o'clock is an hour earlier in summer
    assert rules_of(page, at=SUNDAY).opens_at == monday
    assert rules_of(page, at=monday).is_open
    assert not rules_of(page, at=monday - timedelta(seconds=1)).is_open


def test_a_newsroom_that_is_staffed_one_day_of_the_week_opens_a_week_later(page):
    page.comments_policy = "staffed"
    says(friday="09:00-10:00")
    assert rules_of(page, at=FRIDAY + timedelta(hours=2)).opens_at == FRIDAY + timedelta(days=7, hours=-1)


def test_midnight_is_no_end(page):
    page.comments_policy = "staffed"
    says(friday="20:00-24:00", saturday="00:00-02:00")
    evening = FRIDAY.replace(hour=20)
    assert rules_of(page, at=evening).changes_at == datetime(2023, 3, 25, 1, 0, tzinfo=UTC)


def test_where_nobody_ever_comes_no_time_is_promised(page):
    page.comments_policy = "staffed"
    assert rules_of(page, at=FRIDAY) == Rules("staffed", Closed.BY_HOUR)


def test_a_page_that_closes_for_good_first_promises_no_time_either(page):
    page.comments_policy, page.comments_close_days = "staffed", 1
    page.published_at = FRIDAY
    says(friday=NINE_TO_FIVE, monday=NINE_TO_FIVE)
    end = FRIDAY + timedelta(days=1)
    assert rules_of(page, at=FRIDAY) == Rules("staffed", changes_at=FRIDAY + timedelta(hours=4))
    assert rules_of(page, at=FRIDAY.replace(hour=20)) == Rules("staffed", Closed.BY_HOUR, changes_at=end)
    page.published_at = FRIDAY - timedelta(hours=22)
    assert rules_of(page, at=FRIDAY).changes_at == FRIDAY + timedelta(hours=2)


@pytest.mark.parametrize("text", ["9", "09:00", "10:00-09:00", "09:60-10:00", "09:00-24:01", "09:00-11:00,10:00-12:00"])
def test_hours_that_are_none_are_told(text):
    with pytest.raises(ValidationError):
        CommentSettings(monday=text).full_clean()


def test_hours_are_read_as_people_write_them():
    assert read_hours(" 9:00 - 13:00,15:00–24:00, ") == [(540, 780), (900, 1440)]
    CommentSettings(monday=NINE_TO_FIVE).full_clean()
    assert str(CommentSettings()) == "open"


def test_a_printed_page_lasts_until_the_rules_change(client, page, newsroom):
    says(close_days=1)
    for url in (page.url, f"/en/articles/{page.pk}/comments/?sort=oldest"):
        with recorded() as notes:
            client.get(url)
        assert notes.until == page.published_at + timedelta(days=1)


def test_new_settings_print_every_page_anew(db):
    says(policy="closed")
    assert "site" in Purge.objects.get().tags


# --- what readers see of it -------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("questions")
class TestReaders:
    """The article and the form say the same at the same moment."""

    def test_they_see_a_closed_article_from_the_moment_on(self, client, page):
        type(page).objects.update(comments_close_days=1)
        comment(page)
        end = page.published_at + timedelta(days=1)
        with time_machine.travel(end - timedelta(seconds=1), tick=False):
            assert 'class="thread-add"' in client.get(page.url).text
            fields = written(client, page)
        with time_machine.travel(end, tick=False):
            article = client.get(page.url).text
            refused = client.post(form_url(page), fields)
        assert 'class="thread-add"' not in article
        assert "reply_to=" not in article
        assert "comments on this article are closed" in article
        assert refused.status_code == 403
        assert "Good.</textarea>" in refused.text

    def test_they_are_told_when_comments_are_taken_again(self, client, page):
        type(page).objects.update(comments_policy="staffed")
        says(monday=NINE_TO_FIVE)
        with time_machine.travel(SUNDAY, tick=False):
            article, form = client.get(page.url).text, client.get(form_url(page))
        assert "27 March 2023, 09:00" in article
        assert form.status_code == 403
        assert "only while the newsroom is staffed" in form.text

    def test_their_first_comment_is_read_before_it_appears_and_the_second_is_not(self, client, page):
        type(page).objects.update(comments_policy="first")
        assert "first comment of every author" in client.get(form_url(page)).text
        sent(client, page, email="ana@example.org")
        first = Comment.objects.get()
        assert first.state == State.HELD
        assert [str(reason) for reason in first.receipt.why] == [str(FIRST_IS_READ)]
        publish_comment(first)
        sent(client, page, email="ana@example.org", text="Again.")
        assert Comment.objects.latest("pk").state == State.PUBLISHED
        sent(client, page, text="Nobody knows me.")
        assert Comment.objects.latest("pk").state == State.HELD


def test_nothing_is_stored_outside_the_hours(page):
    page.comments_policy = "staffed"
    with pytest.raises(PageClosed):
        submit_comment(page, text="Good.", name="Ana", language="en", at=timezone.now())


def test_editors_write_the_settings_in_the_admin_and_are_told_what_is_wrong(admin_client):
    url = "/admin/settings/comments/commentsettings/"
    form = admin_client.get(url, follow=True)
    url = form.redirect_chain[-1][0] if form.redirect_chain else url
    assert "When the newsroom is staffed" in form.text
    fields = {"policy": "staffed", "close_days": "14", "monday": NINE_TO_FIVE, "friday": "nine"}
    wrong = admin_client.post(url, fields)
    assert "Write hours as 09:00-13:00" in wrong.text
    assert admin_client.post(url, {**fields, "friday": ""}).status_code == 302
    saved = CommentSettings.objects.get()
    assert (saved.policy, saved.close_days, saved.monday) == ("staffed", 14, NINE_TO_FIVE)
