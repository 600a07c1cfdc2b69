"""What the reader sees of the check, as HTML."""

from __future__ import annotations

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from tests.humans.factories import REMEMBERING, WITNESSES, evidence, filled, last_answer, letter, site_question


@pytest.fixture(autouse=True)
def _answers_known(settings, db):
    settings.TRIBUNA_CHALLENGES = REMEMBERING


def drawn(form):
    return BeautifulSoup(render_to_string("humans/_fields.html", {"form": form}), "html.parser")


def label_of(page, field):
    return page.find("label", attrs={"for": field["id"]}).text.strip()


def answer_field(page):
    return page.find("input", attrs={"name": "answer"})


def test_the_picture_has_a_label_an_alternative_and_its_size():
    page = drawn(letter())
    assert page.img["src"].startswith("data:image/png;base64,")
    assert "a sound instead" in page.img["alt"]
    assert (page.img["width"], page.img["height"]) == ("280", "120")
    field = answer_field(page)
    assert label_of(page, field) == "Enter the characters shown in the image"
    assert {name: field[name] for name in ("autocomplete", "autocapitalize", "spellcheck", "inputmode")} == {
        "autocomplete": "off",
        "autocapitalize": "none",
        "spellcheck": "false",
        "inputmode": "text",
    }
    assert last_answer() not in page.text
    assert page.fieldset.legend.text
    assert page.find("input", attrs={"name": "token"})["type"] == "hidden"


def test_the_picture_promises_no_sound_where_there_is_none():
    assert "a sound instead" not in drawn(letter(language="xx")).img["alt"]


def test_the_sound_can_be_played_and_takes_digits():
    page = drawn(letter(challenge="sound"))
    assert page.audio["src"].startswith("data:audio/mpeg;base64,")
    assert page.audio.has_attr("controls")
    assert label_of(page, answer_field(page)) == "Type the digits you hear"
    assert answer_field(page)["inputmode"] == "numeric"


def test_the_question_is_the_label():
    site_question(question="Is 1 < 2?")
    page = drawn(letter(challenge="question"))
    assert label_of(page, answer_field(page)) == "Is 1 < 2?"


def test_the_way_to_a_person_asks_for_nothing():
    page = drawn(letter(challenge="person"))
    assert "A moderator will read your comment before it appears." in page.text
    assert answer_field(page) is None
    assert page.find("button", value="person") is None


def test_every_other_way_is_a_button_that_needs_no_script_and_no_complete_form():
    site_question()
    buttons = drawn(letter()).find_all("button", attrs={"name": "another"})
    assert [button["value"] for button in buttons] == ["image", "sound", "question", "person"]
    assert all(button["type"] == "submit" and button.has_attr("formnovalidate") for button in buttons)


def test_the_enter_key_sends_the_form():
    first = drawn(letter()).find("button")
    assert "name" not in first.attrs
    assert (first["tabindex"], first["aria-hidden"]) == ("-1", "true")


def test_the_honeypot_has_a_real_label_and_is_out_of_the_way():
    form = letter()
    page = drawn(form)
    trap = page.find("input", attrs={"name": form.honeypot_name})
    assert label_of(page, trap) == "Leave this field empty"
    assert (trap["tabindex"], trap["autocomplete"], trap["value"]) == ("-1", "off", "")
    assert "visually-hidden" in trap.parent["class"]


def test_a_sprung_honeypot_is_shown_with_what_is_in_it():
    with time_machine.travel("2026-05-04T10:00:00Z", tick=False) as clock:
        fresh = letter()
        posted = filled(fresh, **{"answer": last_answer(), fresh.honeypot_name: "Ann"})
        clock.shift(10)
        form = letter(posted)
        assert not form.is_valid()
    page = drawn(form)
    trap = page.find("input", attrs={"name": form.honeypot_name})
    assert trap["value"] == "Ann"
    assert "visually-hidden" not in trap.parent["class"]
    assert page.find(id=trap["aria-describedby"]).text.startswith("Please leave this field empty")
    # The answer was right: it's kept, and nothing is asked again.
    assert page.img is None
    assert answer_field(page)["type"] == "hidden"
    assert answer_field(page)["value"] == posted["answer"]
    assert "it was right" in page.text


def test_a_wrong_answer_is_said_at_its_field_with_a_fresh_token():
    fresh = letter()
    form = letter(filled(fresh, answer="WRONG"))
    assert not form.is_valid()
    page = drawn(form)
    field = answer_field(page)
    assert field["aria-invalid"] == "true"
    assert page.find(id=field["aria-describedby"]).text.startswith("That was not quite it")
    assert field["value"] == ""
    assert page.find("input", attrs={"name": "token"})["value"] != fresh["token"].value()


@pytest.mark.parametrize("questions", [1, 3])
def test_drawing_the_check_costs_one_query(django_assert_num_queries, questions):
    for _each in range(questions):
        site_question()
    form = letter()
    with django_assert_num_queries(1):
        drawn(form)


def test_whoever_runs_the_script_sees_no_challenge_and_the_others_do(settings):
    settings.TRIBUNA_WITNESSES = WITNESSES
    form = letter()
    page = drawn(form)
    assert page.noscript.fieldset.img["src"].startswith("data:image/png")
    assert page.noscript.find("input", attrs={"name": "answer"}).has_attr("required")
    page.noscript.decompose()
    assert page.fieldset is None
    assert page.img is None
    visible = [field["name"] for field in page.find_all("input") if field["type"] != "hidden"]
    assert visible == [form.honeypot_name]
    fields = {field["name"]: field for field in page.find_all("input", type="hidden")}
    assert set(fields) == {"token", "work", "pass"}
    assert (fields["pass"]["data-witness"], fields["pass"]["data-scope"]) == ("pass", "letter:1")
    assert fields["work"]["data-token"] == "token"  # out of which its puzzle is bound to the form


def test_the_one_step_is_seen_by_everybody_and_says_why(settings):
    settings.TRIBUNA_WITNESSES = WITNESSES
    form = letter(filled(letter(), answer=""))
    assert not form.is_valid()
    page = drawn(form)
    assert page.noscript is None
    field = answer_field(page)
    assert page.find(id=field["aria-describedby"]).text.startswith("One more step, please")


def test_where_a_pass_would_do_the_browser_insists_on_no_answer(settings):
    settings.TRIBUNA_WITNESSES, settings.TRIBUNA_ASKING = WITNESSES, "always"
    page = drawn(letter())
    assert page.noscript is None
    assert not answer_field(page).has_attr("required")


def test_what_a_browser_brought_is_kept_when_the_rest_needs_care(settings):
    settings.TRIBUNA_WITNESSES, settings.TRIBUNA_FORM_MINIMUM_SECONDS = WITNESSES, 0
    work = evidence()
    form = letter(filled(letter(), answer="", text="", work=work))
    assert not form.is_valid()
    page = drawn(form)
    assert page.fieldset is None
    assert page.find("input", attrs={"name": "work"})["value"] == work
    assert "it was right" not in page.text


def test_where_readers_are_never_asked_nothing_is_shown(settings):
    settings.TRIBUNA_ASKING = "never"
    page = drawn(letter())
    assert (page.fieldset, page.noscript, page.img) == (None, None, None)
    assert page.find("input", attrs={"name": "token"})["value"]


@pytest.mark.parametrize("challenge", ["image", "sound", "question", "person"])
def test_the_plain_template_has_all_that_is_needed(challenge):
    site_question()
    form = letter(challenge=challenge)
    page = BeautifulSoup(render_to_string("humans/check.html", {"form": form}), "html.parser")
    assert page.find("button").has_attr("hidden")
    assert page.find("input", attrs={"name": form.honeypot_name}).parent.has_attr("hidden")
    ways = {button["value"] for button in page.find_all("button", attrs={"name": "another"})}
    assert ways == {"image", "sound", "question", "person"} - ({"person"} if challenge == "person" else set())
    field = answer_field(page)
    assert (field is None) == (challenge == "person")
    if challenge != "person":
        words = {
            "image": "Enter the characters shown in the image",
            "sound": "Type the digits you hear",
            "question": "What stands at the end of the pier?",
        }
        assert label_of(page, field) == words[challenge]


def test_the_plain_template_hides_from_the_script_and_says_what_is_wrong(settings):
    settings.TRIBUNA_WITNESSES, settings.TRIBUNA_FORM_MINIMUM_SECONDS = WITNESSES, 0

    def plain(form):
        return BeautifulSoup(render_to_string("humans/check.html", {"form": form}), "html.parser")

    fresh = letter()
    assert plain(fresh).noscript.fieldset
    form = letter(filled(fresh, answer=""))
    assert not form.is_valid()
    page = plain(form)
    assert page.find(id=answer_field(page)["aria-describedby"]).text.startswith("One more step, please")
    caught = letter(filled(fresh, work=evidence(), answer="", **{fresh.honeypot_name: "x"}))
    assert not caught.is_valid()
    page = plain(caught)
    assert not page.find("input", attrs={"name": fresh.honeypot_name}).parent.has_attr("hidden")
    assert page.fieldset is None
