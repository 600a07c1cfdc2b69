"""The desk by keyboard alone, and what authors and everybody see of it."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from tests import factories
from tests.browser.axe import WCAG, WITH_BEST_PRACTICE, violations
from tests.browser.editor import Editor
from tests.browser.people import staff
from tests.moderation.factories import moderator
from tests.moderation.reports import declined
from tribuna.comments.actions import Submitted, submit_comment
from tribuna.comments.models import Comment
from tribuna.comments.queries.letters import NOTICE, token_of
from tribuna.moderation.actions import open_notice_appeal
from tribuna.moderation.models import Appeal, Decision
from tribuna.people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELD = 30


@pytest.fixture
def held(site) -> list[Submitted]:
    """Thirty comments that wait, under one story."""
    story = factories.article(title="Ferry returns", comments_policy="premoderated")
    texts = ["What about the ferry?" if number < 2 else f"Remark {number} on the ferry." for number in range(HELD)]
    return [
        submit_comment(story, text=text, name=f"Reader {number}", language="en", email=f"{number % 9}@example.org")
        for number, text in enumerate(texts)
    ]


def _at_the_desk(visit, name: str) -> Page:
    staff(f"{name}@example.org", "Moderators")
    moderator = Editor(visit(viewport={"width": 1280, "height": 900}).page)
    moderator.sign_in(f"{name}@example.org")
    moderator.page.goto("/admin/comments/")
    return moderator.page


def _receipt(submitted: Submitted) -> str:
    return reverse("comments:receipt", args=[submitted.secret])


def test_thirty_are_decided_by_keyboard_one_is_appealed_and_reversed_and_the_ledger_holds(held, visit, tmp_path):
    page = _at_the_desk(visit, "mara")
    expect(page.locator("[data-desk-comment]")).to_have_count(25)
    assert violations(page, within="main", tags=WCAG) == []
    _decide_all(page)
    assert Comment.objects.filter(state="held").count() == 0
    assert Decision.objects.by_people().standing().exclude(rule="").count() == HELD

    reader = visit(java_script_enabled=False)
    author = reader.page
    for submitted in held:
        author.goto(_receipt(submitted))
        expect(author.locator("#decision")).to_contain_text("version 1")
    assert violations(_again(visit, reverse("rights:appeal", args=[held[4].secret])), tags=WITH_BEST_PRACTICE) == []
    _appeal(author, held[4])
    assert violations(_again(visit, _receipt(held[4])), tags=WITH_BEST_PRACTICE) == []

    _reverse(visit, page)
    author.goto(_receipt(held[4]))
    expect(author.locator("#decision")).to_contain_text("the decision was reversed")
    expect(author.locator("#decision")).to_contain_text("It was about the ferry.")
    assert reader.context.cookies() == []

    _figures_tell(author)
    for address in (reverse("rights:moderation"), reverse("rights:rules"), _receipt(held[4]), _receipt(held[5])):
        assert violations(_again(visit, address), tags=WITH_BEST_PRACTICE) == [], address
    _ledger_holds_until_somebody_alters_it(author, tmp_path)


def _again(visit, address: str) -> Page:
    page = visit().page
    page.goto(address)
    return page


def _decide_all(page: Page) -> None:
    """Reject all that waits, by keys: two with one text at once, the others one by one under different rules."""
    said = page.locator("[data-desk-said]")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert violations(page, within="main", tags=WCAG) == []
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-desk-comment]").first).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("4")
    expect(page.locator("[data-desk-comment]")).to_have_count(24)  # the two stand in one row
    expect(said).to_contain_text("Rejected: 2 comments")
    expect(said).to_contain_text("28 comments wait")
    expect(page.locator("[data-desk-comment]").first).to_be_focused()

    page.keyboard.press("1")
    expect(said).to_contain_text("27 comments wait")
    page.keyboard.press("u")
    expect(said).to_contain_text("28 comments wait")
    expect(page.locator("[data-desk-comment]").first).to_be_focused()
    for number in range(HELD - 2):
        expect(page.locator(":focus[data-desk-comment]")).to_have_count(1)
        page.keyboard.press(str(number % 5 + 1))
        expect(page.locator("#desk-count")).to_contain_text(f"{HELD - 3 - number} comment")
    expect(page.get_by_text("There is nothing here.")).to_be_visible()


def _appeal(author: Page, submitted: Submitted) -> None:
    author.goto(_receipt(submitted))
    author.get_by_role("link", name="Appeal", exact=True).click()
    author.get_by_role("button", name="Send the appeal").click()
    author.get_by_label("What was overlooked?").fill("It was about the ferry.")
    author.get_by_role("button", name="Send the appeal").click()
    expect(author.locator("#decision")).to_contain_text("It waits for another moderator.")


def _reverse(visit, first: Page) -> None:
    first.goto("/admin/comments/appeals/")
    expect(first.locator("main")).to_contain_text("You took this decision")
    second = _at_the_desk(visit, "otto")
    second.goto("/admin/comments/appeals/")
    expect(second.locator("main")).to_contain_text("It was about the ferry.")
    assert violations(second, within="main", tags=WCAG) == []
    second.get_by_label("In your words").focus()
    second.keyboard.type("You are right.")
    second.keyboard.press("Tab")
    expect(second.get_by_role("button", name="Reverse and publish")).to_be_focused()
    second.keyboard.press("Enter")
    expect(second.locator("main")).to_contain_text("Nobody appeals.")
    assert Appeal.objects.get().outcome == "reversed"


def _figures_tell(author: Page) -> None:
    author.goto(reverse("rights:moderation"))
    for figure, number in {"received": 30, "held": 30, "removed": 30, "appeals": 1, "reversed": 1}.items():
        expect(author.locator(f"[data-figure={figure}]")).to_have_text(str(number))


def _ledger_holds_until_somebody_alters_it(author: Page, folder) -> None:
    answer = author.request.get("/moderation/ledger.jsonl")
    copy = folder / "ledger.jsonl"
    copy.write_bytes(answer.body())
    said = io.StringIO()
    call_command("ledger", "verify", stdout=said)
    call_command("ledger", "verify", str(copy), stdout=said)
    assert said.getvalue().count("The ledger holds: 35 entries") == 2
    lines = copy.read_text().splitlines(keepends=True)
    lines[11] = lines[11].replace('"to":"rejected"', '"to":"published"')
    copy.write_text("".join(lines))
    with pytest.raises(CommandError, match="line 12: it was altered"):
        call_command("ledger", "verify", str(copy))


def test_who_wants_no_keys_has_none(held, visit):
    page = _at_the_desk(visit, "mara")
    UserProfile.objects.create(user=User.objects.get(email="mara@example.org"), keyboard_shortcuts=False)
    page.reload()
    page.locator("[data-desk-comment]").first.focus()
    page.keyboard.press("4")
    page.get_by_role("button", name="Publish").first.press("Enter")
    expect(page.locator("[data-desk-comment]")).to_have_count(24)
    assert Comment.objects.filter(state="published").count() == 1
    assert Comment.objects.filter(state="rejected").count() == 0


def test_whoever_is_slower_is_told_and_several_are_chosen_by_keys(held, visit):
    page = _at_the_desk(visit, "mara")
    first = held[0].comment
    Comment.objects.filter(pk=first.pk).update(state="published")
    page.keyboard.press("j")
    page.keyboard.press("4")
    expect(page.locator("[data-desk-toast]")).to_contain_text("by now. Nothing was changed.")
    expect(page.locator(f"#comment-{first.pk}")).to_have_count(0)
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-desk-chosen]")).to_have_text("2")
    page.keyboard.press("b")
    expect(page.locator("[data-desk-bulk] button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-said]")).to_contain_text("Published: 2 comments")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.press("Tab")
    page.keyboard.type("Not here.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-said]")).to_contain_text("Rejected: comment by Reader")
    assert Decision.objects.latest("pk").explanation == "Not here."


def test_what_the_filter_is_and_what_is_said_about_reports_can_be_read_by_all(held, visit):
    notice = declined(moderator("otto@example.org", "Otto"))
    token = token_of(notice, NOTICE)
    page = _at_the_desk(visit, "mara")
    page.goto(reverse("moderation:learned"))
    expect(page.get_by_role("heading", name="What it may do")).to_be_visible()
    assert violations(page, within="main", tags=WCAG) == []
    for address in (reverse("comments:notice", args=[token]), reverse("rights:notice_appeal", args=[token])):
        assert violations(_again(visit, address), tags=WITH_BEST_PRACTICE) == [], address
    open_notice_appeal(notice, text="It calls us silly.")
    page.goto(reverse("moderation:appeals"))
    expect(page.get_by_role("button", name="Take the comment down")).to_be_visible()
    assert violations(page, within="main", tags=WCAG) == []
