"""What agencies send that is no story is passed over, and said; it is no failure."""

from __future__ import annotations

import pytest

from tests.importers.wires import samples
from tests.importers.wires.test_formats import one, passed_over, read
from tribuna.importers.actions.wires import take_in
from tribuna.importers.base import SourceBroken, Standing
from tribuna.importers.models import Wire
from tribuna.newsroom.models import ArticlePage

CANCELED = '<pubStatus qcode="stat:canceled"/>'
OTHER_ITEMS = ["catalogItem", "conceptItem", "knowledgeItem", "planningItem"]


def without_words(item):
    for gone in ("<headline>Ferry returns</headline>", '<description role="drol:summary">It is back.</description>'):
        assert gone in item
        item = item.replace(gone, "")
    return item


@pytest.mark.parametrize("name", OTHER_ITEMS)
def test_items_about_news_are_no_news(name):
    item = samples.other_item(name)
    assert passed_over(item) == {f"urn:newsml:agency:{name}": f"a {name} tells no story"}
    message = samples.newsmessage(item, samples.newsitem())
    assert (one(message).title, passed_over(message)) == ("Ferry returns", passed_over(item))


def test_a_list_of_vocabularies_is_no_news():
    catalog = samples.CATALOG.replace("<catalog>", '<catalog xmlns="http://iptc.org/std/nar/2006-10-01/">')
    assert passed_over(catalog) == {"": "a catalog tells no story"}


def test_a_package_alone_refers_to_stories_that_come_by_themselves():
    assert read(samples.package("1")) == []
    assert passed_over(samples.package("1")) == {"urn:newsml:agency:p": "a packageItem tells no story"}
    assert passed_over(samples.newsmessage(samples.newsitem(), samples.package("1"))) == {}


@pytest.mark.parametrize("kind", ["picture", "graphic"])
def test_pictures_belong_to_the_text_beside_them(kind):
    picture = samples.newsitem("pic", kind=kind, content=samples.REMOTE)
    assert passed_over(picture) == {"urn:newsml:agency:pic": f"it is a {kind} without a story"}
    message = samples.newsmessage(samples.newsitem(), picture, samples.newsitem("film", kind="video", content=""))
    assert passed_over(message) == {"urn:newsml:agency:film": "it is no text, its class is video"}


@pytest.mark.parametrize("kind", ["video", "audio", "bulletin"])
def test_whatever_has_a_text_of_its_own_is_a_story(kind):
    script = samples.newsitem(kind=kind, content=samples.XHTML + samples.REMOTE)
    assert one(script).html.startswith("<h2>Back</h2>")


def test_what_is_taken_back_may_have_lost_its_words():
    for kind in ("text", "video"):
        found = one(without_words(samples.newsitem(kind=kind, meta=CANCELED, content="")))
        assert (found.key, found.standing) == ("urn:newsml:agency:1", Standing.CANCELED)
    withheld = without_words(samples.newsitem(meta="<embargoed/>", content=""))
    assert one(withheld).standing == Standing.WITHHELD


def test_the_words_of_other_xml_are_no_story():
    assert passed_over(samples.newsitem(content=samples.SCORE)) == {
        "urn:newsml:agency:1": "its content is no text but application/sportsml+xml"
    }
    untyped = samples.SCORE.replace(' contenttype="application/sportsml+xml"', "")
    assert passed_over(samples.newsitem(content=untyped)) == {
        "urn:newsml:agency:1": "its content is no text but sports-content"
    }
    assert one(samples.newsitem(content=samples.SCORE + samples.XHTML)).html.startswith("<h2>Back</h2>")


@pytest.mark.parametrize("empty", ["", "<inlineXML><!-- nothing --> </inlineXML>"])
def test_an_item_is_a_flash_if_it_is_only_a_headline_and_nothing_without_one(empty):
    flash = samples.newsitem(content=empty)
    assert (one(flash).title, one(flash).html) == ("Ferry returns", "")
    assert passed_over(without_words(flash)) == {"urn:newsml:agency:1": "it has neither a headline nor a text"}


def test_xhtml_without_its_namespace_is_read_all_the_same():
    assert one(samples.newsitem(content=samples.BARE_XHTML)).html == "<p>Its namespace was <b>forgotten</b>.</p>"


def test_nitf_without_a_body():
    assert passed_over("<nitf><head><title>Bare</title></head></nitf>") == {"Bare": "it has no body"}


def test_ninjs_that_is_no_story():
    found = passed_over(
        samples.as_json(
            samples.ninjs_1("1", type="picture"),
            {"type": "event", "uri": "urn:agency:2"},
            {"headline": "Nameless"},
            {"uri": "urn:agency:3"},
            7,
        )
    )
    assert found == {
        "https://agency.example/1": "it is no text, its type is picture",
        "urn:agency:2": "it is no text, its type is event",
        "Nameless": "it has no uri, which every item has",
        "urn:agency:3": "it has neither a headline nor a text",
        "": "it has no uri, which every item has",
    }


def test_what_is_not_whole_is_not_passed_over_but_broken():
    for document in (samples.other_item("planningItem"), samples.nitf().decode("latin-1")):
        with pytest.raises(SourceBroken, match="line"):
            passed_over(document[: document.rindex("</")])


def test_a_folder_with_all_that_an_agency_sends_is_no_failure(deliver, inbox, caplog):
    caplog.set_level("INFO")
    picture = samples.newsitem("pic", kind="picture", content=samples.REMOTE)
    others = [samples.other_item(name) for name in OTHER_ITEMS]
    source = deliver(samples.newsitem(), picture, samples.package("1", "pic"), *others)
    taken = take_in(source)
    assert (dict(taken.counts), taken.error) == ({"created": 1, "passed": 6}, "")
    assert taken.items[1] == ("passed", "urn:newsml:agency:pic: it is a picture without a story")
    assert "passed over urn:newsml:agency:planningItem: a planningItem tells no story" in caplog.text
    assert [page.title for page in ArticlePage.objects.all()] == ["Ferry returns"]
    source = Wire.objects.get()
    assert (source.failures, source.summed_up) == (0, "1 new, 6 passed over")
    assert len(list((inbox / "taken").iterdir())) == 7


def test_what_is_passed_over_may_have_no_name(deliver):
    taken = take_in(deliver('{"type": "picture"}'))
    assert taken.items == [("passed", "–: it has no uri, which every item has")]
