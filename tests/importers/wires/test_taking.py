"""What becomes of items: drafts, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Page

from tests import factories
from tests.importers.wires import samples
from tribuna.importers.actions.wires import take_in
from tribuna.importers.models import Wire, WireItem
from tribuna.newsroom.models import ArticlePage, NewsImage

FAR = "2099-01-01T00:00:00Z"


def counted(taken):
    return dict(taken.counts)


def drafts():
    return {page.title: page for page in ArticlePage.objects.all()}


def test_an_item_becomes_a_draft_like_any_other(deliver):
    desk = factories.author("Agency desk")
    taken = take_in(deliver(samples.newsitem(), byline=desk, credit="By wire & ship"))
    assert (counted(taken), taken.error) == ({"created": 1}, "")
    page = ArticlePage.objects.get()
    assert (page.live, page.has_unpublished_changes, page.get_parent().title) == (False, True, "City")
    assert (page.title, page.slug, page.standfirst) == ("Ferry returns", "ferry-returns", "It is back.")
    draft = page.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["heading", "paragraph", "paragraph"]
    assert str(draft.body[1].value.source) == "<p>The <b>ferry</b> &amp; more.</p>"
    assert draft.body[2].value.source == "<p><i>By wire &amp; ship</i></p>"
    assert [str(line) for line in draft.authors.all()] == ["Agency desk"]
    assert (draft.go_live_at, draft.published_at, draft.story_language) == (None, None, "")


def test_where_it_is_from_is_kept(deliver):
    source = deliver(samples.newsitem(meta='<link contenttype="text/html" href="https://agency.example/1"/>'))
    take_in(source)
    item = WireItem.objects.get()
    assert (item.wire, item.key, item.version, item.page) == (
        source,
        "urn:newsml:agency:1",
        "1",
        ArticlePage.objects.get(),
    )
    assert (item.byline, item.terms) == ("Harbour desk", "© 2026 Agency · Not for archives")
    assert (item.address, item.state, str(item)) == ("https://agency.example/1", "usable", "Ferry returns")
    assert item.fetched_at <= timezone.now()


def test_a_second_run_changes_nothing(deliver):
    documents = (
        samples.rss("", ""),
        samples.ATOM,
        samples.nitf(),
        samples.newsitem(),
        samples.as_json(samples.ninjs_1(), samples.ninjs_2()),
    )
    assert counted(take_in(deliver(*documents))) == {"created": 8}
    before = list(Page.objects.values_list("path", "title", "latest_revision", "numchild"))
    taken = take_in(deliver(*documents))
    assert (counted(taken), taken.error) == ({"same": 8}, "")
    assert list(Page.objects.values_list("path", "title", "latest_revision", "numchild")) == before
    assert Page.find_problems() == ([], [], [], [], [])
    assert not ArticlePage.objects.filter(live=True).exists()


def test_a_new_version_of_what_nobody_touched_changes_the_draft(deliver):
    take_in(deliver(samples.newsitem()))
    taken = take_in(deliver(samples.newsitem(version="2").replace("Ferry returns", "Ferry late")))
    assert counted(taken) == {"updated": 1}
    page = ArticlePage.objects.get()
    assert (page.title, page.draft_title, page.revisions.count()) == ("Ferry late", "Ferry late", 2)
    assert page.get_latest_revision_as_object().title == "Ferry late"
    assert WireItem.objects.get().version == "2"


def test_an_older_version_that_comes_late_is_nothing(deliver):
    source = deliver(samples.newsitem(version="10"), samples.newsitem(version="9").replace("returns", "late"))
    assert counted(take_in(source)) == {"created": 1, "same": 1}
    assert ArticlePage.objects.get().title == "Ferry returns"


def test_what_an_editor_worked_on_is_left_and_the_new_version_told(deliver):
    take_in(deliver(samples.newsitem()))
    page = ArticlePage.objects.get()
    page.title = "Our own words"
    page.save_revision()
    newer = samples.newsitem(version="2", meta=f"<embargoed>{FAR}</embargoed>")
    assert counted(take_in(deliver(newer))) == {"left": 1}
    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Our own words"
    item = WireItem.objects.get()
    assert (item.newer_version, item.version, item.embargo.year) == (True, "1", 2099)
    assert counted(take_in(deliver(newer))) == {"same": 1}


def test_what_was_published_or_handed_in_is_an_editors(deliver):
    take_in(deliver(samples.newsitem()))
    ArticlePage.objects.get().get_latest_revision().publish()
    assert counted(take_in(deliver(samples.newsitem(version="2")))) == {"left": 1}


def test_a_draft_that_was_deleted_does_not_come_again(deliver):
    take_in(deliver(samples.newsitem()))
    ArticlePage.objects.get().delete()
    assert counted(take_in(deliver(samples.newsitem()))) == {"same": 1}
    assert counted(take_in(deliver(samples.newsitem(version="2")))) == {"left": 1}
    assert not ArticlePage.objects.exists()
    assert not WireItem.objects.get().newer_version


def test_a_canceled_item_marks_its_draft(deliver):
    canceled = '<pubStatus qcode="stat:canceled"/>'
    take_in(deliver(samples.newsitem(meta=f"<embargoed>{FAR}</embargoed>")))
    assert counted(take_in(deliver(samples.newsitem(version="2", meta=canceled)))) == {"canceled": 1}
    page = ArticlePage.objects.get()
    assert (page.title, page.go_live_at) == ("CANCELED: Ferry returns", None)
    assert page.get_latest_revision_as_object().title == "CANCELED: Ferry returns"
    assert WireItem.objects.get().state == "canceled"
    assert counted(take_in(deliver(samples.newsitem(version="3")))) == {"updated": 1}  # and it is back
    assert (ArticlePage.objects.get().title, WireItem.objects.get().state) == ("Ferry returns", "usable")


def test_a_cancellation_leaves_an_editors_words(deliver):
    canceled = '<pubStatus qcode="stat:canceled"/>'
    take_in(deliver(samples.newsitem()))
    ArticlePage.objects.get().save_revision()
    assert counted(take_in(deliver(samples.newsitem(version="2", meta=canceled)))) == {"canceled": 1}
    assert ArticlePage.objects.get().title == "Ferry returns"
    assert WireItem.objects.get().state == "canceled"


def test_a_cancellation_of_what_never_came_makes_no_draft(deliver):
    source = deliver(samples.newsitem(meta='<pubStatus qcode="stat:canceled"/>'))
    assert counted(take_in(source)) == {"canceled": 1}
    assert (WireItem.objects.get().title, ArticlePage.objects.exists()) == ("Ferry returns", False)


def test_an_embargo_is_when_the_draft_goes_live_at_the_soonest(deliver):
    take_in(deliver(samples.newsitem(meta=f"<embargoed>{FAR}</embargoed>")))
    assert ArticlePage.objects.get().get_latest_revision_as_object().go_live_at.year == 2099
    take_in(deliver(samples.newsitem(version="2")))  # it was lifted
    assert ArticlePage.objects.get().get_latest_revision_as_object().go_live_at is None
    assert WireItem.objects.get().embargo is None


def test_a_wire_may_hold_what_it_brings(deliver):
    issued = (timezone.now() - timedelta(minutes=5)).isoformat()
    recent = samples.rss().replace("Mon, 02 Nov 2026 09:30:00 +0100", issued)
    undated = samples.rss().replace("Mon, 02 Nov 2026 09:30:00 +0100", "").replace("ferry-1", "ferry-2")
    take_in(deliver(recent, undated, hold_minutes=60))
    first, second = WireItem.objects.order_by("key")
    assert timedelta(minutes=54) < first.embargo - timezone.now() < timedelta(minutes=56)
    assert timedelta(minutes=59) < second.embargo - timezone.now() < timedelta(minutes=61)
    assert (first.embargo.second, second.embargo.microsecond) == (0, 0)  # an editor's form knows minutes alone


@pytest.mark.parametrize(
    ("said", "own", "language"),
    [("en-GB", "", ""), ("es", "", "es"), ("de", "", ""), ("", "fr", "fr"), ("pt_BR", "", "pt")],
)
def test_the_language_of_an_item(deliver, said, own, language):
    take_in(deliver(samples.as_json(samples.ninjs_1(language=said)), language=own))
    assert ArticlePage.objects.get().story_language == language


def test_addresses_in_a_text_lead_where_they_led(deliver):
    html = (
        '<p><a href="/a">a</a> <a href="https://[b">b</a></p><img src="c.jpg"><iframe src="//d.example/e"></iframe>'
        '<figure><figure><img src="f.jpg"></figure><figure><img src="g.jpg"></figure></figure><img src="https://[h"><h2>H</h2>'
    )
    take_in(deliver(samples.as_json(samples.ninjs_1(body_xhtml=html))))
    said = str(ArticlePage.objects.get().body.get_prep_value())
    assert [f"agency.example/{name}" in said for name in ("a", "c.jpg", "f.jpg", "g.jpg")] == [True] * 4


def test_an_item_without_a_headline_still_has_a_title(deliver):
    body = {"body_text": "Its words."}
    bare = samples.as_json(
        {"uri": "urn:1"} | body, {"uri": "urn:2", "description_text": "Only this."}, {"uri": " "} | body
    )
    assert counted(take_in(deliver(bare))) == {"created": 2, "refused": 1}
    assert set(drafts()) == {"urn:1", "Only this."}


def test_slugs_don_t_collide(deliver):
    take_in(deliver(samples.as_json(samples.ninjs_1("1"), samples.ninjs_1("2"), samples.ninjs_1("3", headline="???"))))
    assert set(ArticlePage.objects.values_list("slug", flat=True)) == {"ferry-returns", "ferry-returns-2", "page"}


def test_a_dry_run_stores_nothing(deliver, inbox):
    taken = take_in(deliver(samples.newsitem()), is_dry=True)
    assert (counted(taken), taken.items) == ({"created": 1}, [("created", "Ferry returns")])
    assert (ArticlePage.objects.exists(), WireItem.objects.exists()) == (False, False)
    assert [path.name for path in inbox.iterdir()] == ["0.xml"]


def test_a_wire_needs_a_section(deliver):
    source = deliver(samples.newsitem())
    source.section = None
    assert "no section" in take_in(source).error
    assert (source.edition, "no section" in source.standing) == ("", True)


def test_no_document_floods_the_newsroom(deliver, settings, caplog):
    settings.TRIBUNA_WIRE_ITEMS = 2
    assert counted(take_in(deliver(samples.rss("", "", "")))) == {"created": 2}
    assert "more than 2 items" in caplog.text


def test_an_item_that_can_not_be_stored_keeps_no_other_back(deliver, monkeypatch, caplog):
    from tribuna.importers.actions.wires import taking

    make = taking.make_draft

    def made(wire, section, dispatch, **facts):
        if dispatch.key.endswith("1"):
            raise ValueError("this one")
        return make(wire, section, dispatch, **facts)

    monkeypatch.setattr(taking, "make_draft", made)
    taken = take_in(deliver(samples.as_json(samples.ninjs_1("1"), samples.ninjs_1("2"))))
    assert counted(taken) == {"refused": 1, "created": 1}
    assert "could not be stored" in caplog.text

    def away(*_args, **_facts):
        raise OperationalError("gone")

    monkeypatch.setattr(taking, "make_draft", away)
    with pytest.raises(OperationalError):
        take_in(deliver(samples.as_json(samples.ninjs_1("3"))))


# --- pictures ---------------------------------------------------------------------------------------------------------
def test_a_picture_is_taken_where_the_wire_says_so(deliver, inbox):
    (inbox / "ferry.jpg").write_bytes(factories.photograph())
    source = deliver(samples.nitf(), takes_pictures=True)
    take_in(source)
    image = NewsImage.objects.get()
    assert (image.title, image.description, image.caption) == ("A ferry", "A ferry", "The ferry.")
    assert (image.credit, image.licence) == ("Desk", "Ask first · © 2026 Agency")
    assert ArticlePage.objects.get().get_latest_revision_as_object().main_image == image
    assert counted(take_in(deliver(samples.nitf(version="2")))) == {"updated": 1}
    assert NewsImage.objects.count() == 1  # the same picture is not taken twice
    assert ArticlePage.objects.get().main_image == image


def test_no_picture_is_taken_otherwise(deliver, inbox):
    (inbox / "ferry.jpg").write_bytes(factories.photograph())
    take_in(deliver(samples.nitf()))
    assert not NewsImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ferry.jpg", b"no picture"),
        ("ferry.jpg", factories.photograph()[:400]),
        ("ferry.jpg", factories.photograph(image_format="TIFF")),
        ("other.jpg", factories.photograph()),
    ],
)
def test_a_picture_that_can_not_be_had_keeps_no_story_back(deliver, inbox, caplog, name, content):
    (inbox / name).write_bytes(content)
    taken = take_in(deliver(samples.nitf(), takes_pictures=True))
    assert (counted(taken), taken.error) == ({"created": 1}, "")
    assert not NewsImage.objects.exists()
    assert "could not be taken" in caplog.text


@pytest.mark.parametrize("url", ["../secret.jpg", "/etc/passwd", "a\\u0000b.jpg", "https://[x", "x" * 5000, ""])
def test_a_picture_stands_beside_its_story(deliver, inbox, url):
    (inbox.parent / "secret.jpg").write_bytes(factories.photograph())
    document = samples.as_json(samples.ninjs_3(pubStatus="usable")).replace(
        b"https://agency.example/l.jpg", url.encode()
    )
    assert counted(take_in(deliver(document, takes_pictures=True))) == {"created": 1}
    assert not NewsImage.objects.exists()


# --- when -------------------------------------------------------------------------------------------------------------
def test_a_wire_that_fails_is_asked_later_and_later():
    source, now = Wire(minutes=15), timezone.now()
    pauses = []
    for failures in (0, 1, 2, 5, 5000):
        source.failures = failures
        pauses.append((source.next_due(now) - now) / timedelta(minutes=1))
    assert pauses == [15, 30, 60, 360, 360]
    source.minutes = 1440
    assert source.next_due(now) - now == timedelta(days=1)
