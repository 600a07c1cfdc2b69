"""What each standard says becomes plain records."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.importers.wires import samples
from tribuna.importers.base import Dispatch, PassedOver, SourceBroken, Standing, WirePicture
from tribuna.importers.models import Wire
from tribuna.importers.sources.wires import FORMATS, dispatches_in
from tribuna.importers.sources.wires.moments import moment

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HALF_PAST_NINE = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def everything(content, **options):
    return list(dispatches_in(content.encode() if isinstance(content, str) else content, **options))


def read(content, **options):
    return [each for each in everything(content, **options) if isinstance(each, Dispatch)]


def passed_over(content):
    return {each.name: each.reason for each in everything(content) if isinstance(each, PassedOver)}


def one(content, **options):
    (found,) = read(content, **options)
    return found


# --- feeds ------------------------------------------------------------------------------------------------------------
def test_rss_2():
    found = one(samples.rss(samples.MEDIA))
    assert (found.key, found.title, found.summary) == ("ferry-1", "Ferry returns & waits", "The ferry is back.")
    assert found.html.startswith('<p>The ferry is <a href="/times">')
    assert (found.byline, found.credit, found.terms) == ("Harbour desk", "Harbour Agency", "© Harbour Agency")
    assert (found.language, found.address) == ("en-GB", "https://agency.example/ferry")
    assert found.published_at == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert found.picture == WirePicture("https://agency.example/large.jpg", caption="A ferry", credit="Desk")


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ('<enclosure url="https://a.example/e.jpg" type="image/jpeg" length="1"/>', "https://a.example/e.jpg"),
        ('<enclosure url="https://a.example/e.mp3" type="audio/mpeg" length="1"/>', None),
        ('<media:thumbnail url="https://a.example/t.jpg" width="x"/>', "https://a.example/t.jpg"),
    ],
)
def test_pictures_of_rss(more, url):
    picture = one(samples.rss(more)).picture
    assert (picture.url if picture else None) == url


def test_rss_that_says_little():
    item = (
        "<item><title>T</title><guid>https://a.example/1</guid><dcterms:available>2099-01-01</dcterms:available></item>"
    )
    found = one(samples.RSS.format(items=item))
    assert (found.address, found.summary, found.picture) == ("https://a.example/1", "", None)
    assert found.embargo == datetime(2099, 1, 1, tzinfo=UTC)
    bare = one(samples.RSS.format(items="<item><title>T</title><pubDate>then</pubDate></item>"))
    assert (bare.key, bare.published_at) == ("then T", None)


def test_rss_1():
    found = one(samples.RDF)
    assert (found.key, found.language, found.terms) == ("https://agency.example/1", "es", "Todos")
    assert (found.html, found.summary, found.published_at) == ("Ha vuelto.", "", HALF_PAST_NINE)


def test_atom():
    first, second = read(samples.ATOM)
    assert (first.key, first.title, first.summary, first.language) == ("urn:1", "El mar", "Breve", "es")
    assert first.html == '<p>Agua <em>azul</em><br>y <a href="/x">más</a></p>'
    assert (first.byline, first.credit, first.terms) == ("Sea desk", "Sea Agency", "Ask us")
    assert (first.address, first.published_at) == ("https://sea.example/1", NINE)
    assert first.picture == WirePicture("sea.png")
    assert (second.title, second.html, second.byline) == ("A < B", "Only &amp; plain", "Night desk")


def test_an_entry_of_atom_alone():
    entry = '<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:9</id><title>Alone</title></entry>'
    assert one(entry).title == "Alone"


# --- NewsML-G2 --------------------------------------------------------------------------------------------------------
def test_a_news_item_with_xhtml():
    found = one(samples.newsitem(meta='<link contenttype="text/html" href="https://agency.example/1"/>'))
    assert (found.key, found.version, found.title) == ("urn:newsml:agency:1", "1", "Ferry returns")
    assert found.html == "<h2>Back</h2><p>The <strong>ferry</strong> &amp; more.</p>"
    assert (found.summary, found.byline, found.credit) == ("It is back.", "Harbour desk", "AGY")
    assert found.terms == "© 2026 Agency · Not for archives"
    assert (found.language, found.published_at, found.address) == ("en", NINE, "https://agency.example/1")
    assert (found.standing, found.embargo) == (Standing.USABLE, None)


def test_a_news_item_with_nitf_says_what_the_item_does_not():
    item = samples.newsitem(content=samples.IN_NITF)
    for gone in ("<headline>Ferry returns</headline>", "<by>Harbour desk</by>", "<creditline>AGY</creditline>"):
        item = item.replace(gone, "")
    item = item.replace('<description role="drol:summary">It is back.</description>', "")
    found = one(item)
    assert (found.title, found.summary, found.byline, found.credit) == ("From NITF", "Short.", "Night desk", "Agency")
    assert found.html == "<p>Inside.</p>"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ('<inlineData contenttype="text/plain">One &lt;\n\nTwo</inlineData>', "<p>One &lt;</p><p>Two</p>"),
        ('<inlineData contenttype="text/html">&lt;p&gt;One&lt;/p&gt;</inlineData>', "<p>One</p>"),
        ("", ""),
    ],
)
def test_a_news_item_with_other_content(content, html):
    assert one(samples.newsitem(content=content)).html == html


@pytest.mark.parametrize(
    ("meta", "standing", "embargo"),
    [
        ('<pubStatus qcode="stat:usable"/>', Standing.USABLE, None),
        ('<pubStatus qcode="stat:canceled"/>', Standing.CANCELED, None),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>', Standing.WITHHELD, None),
        ("<embargoed>2099-01-01T00:00:00Z</embargoed>", Standing.USABLE, datetime(2099, 1, 1, tzinfo=UTC)),
        ("<embargoed/>", Standing.WITHHELD, None),  # until the agency says otherwise
        ("<embargoed>tomorrow</embargoed>", Standing.WITHHELD, None),
    ],
)
def test_what_a_news_item_lets_be_done(meta, standing, embargo):
    found = one(samples.newsitem(meta=meta))
    assert (found.standing, found.embargo) == (standing, embargo)


def test_a_message_with_a_package_gives_texts_with_their_pictures():
    picture = samples.newsitem("pic", kind="picture", content=samples.REMOTE).replace("drol:summary", "drol:caption")
    linked = samples.newsitem("1", meta='<link rel="irel:seeAlso" residref="urn:newsml:agency:pic"/>')
    message = samples.newsmessage(
        linked, samples.newsitem("2"), samples.newsitem("3"), picture, samples.package("2", "pic")
    )
    first, second, third = read(message)
    assert first.picture == second.picture
    assert first.picture == WirePicture("https://agency.example/large.jpg", "Ferry returns", "It is back.", "AGY")
    assert third.picture is None


def test_a_picture_may_stand_in_the_item_itself():
    found = one(samples.newsitem(kind="composite", content=samples.XHTML + samples.REMOTE.replace("2000", "wide")))
    assert (found.picture.url, found.picture.alt) == ("small.jpg", "")


def test_a_picture_item_without_a_picture_gives_none():
    picture = samples.newsitem("pic", kind="picture", content="")
    message = samples.newsmessage(samples.newsitem("1"), picture, samples.package("1", "pic"))
    assert one(message).picture is None


def test_terms_fall_back_on_the_holder():
    item = samples.newsitem()
    for gone in ("<copyrightNotice>© 2026 Agency</copyrightNotice>", "<usageTerms>Not for archives</usageTerms>"):
        item = item.replace(gone, "")
    assert one(item).terms == "Agency"


# --- NITF -------------------------------------------------------------------------------------------------------------
def test_nitf():
    found = one(samples.nitf(version="3", release="20990101T000000Z"))
    assert (found.key, found.version, found.title) == ("agy.1", "3", "El ferry de Cádiz")
    assert (found.summary, found.kicker, found.language) == ("In short.", "Analysis", "es")
    assert (found.byline, found.credit, found.terms) == ("Harbour desk", "AGY", "Ask first · © 2026 Agency")
    assert (found.published_at, found.embargo) == (HALF_PAST_NINE, datetime(2099, 1, 1, tzinfo=UTC))
    assert "<h2>Heading</h2><blockquote><div><p>Said.</p></div><cite>Desk</cite></blockquote>" in found.html
    assert '<br><a href="https://agency.example/x">More</a>' in found.html
    assert "<span>Ship</span>" in found.html
    assert "media" not in found.html
    assert found.picture == WirePicture("ferry.jpg", "A ferry", "The ferry.", "Desk")


@pytest.mark.parametrize(
    ("status", "standing"),
    [("usable", Standing.USABLE), ("withheld", Standing.WITHHELD), ("canceled", Standing.CANCELED)],
)
def test_what_nitf_lets_be_done(status, standing):
    assert one(samples.nitf(status=status)).standing == standing


def test_nitf_that_says_little():
    found = one("<nitf><head><title>Bare</title></head><body><body.content><p>Text</p></body.content></body></nitf>")
    assert (found.key, found.title, found.html, found.picture) == ("Bare", "Bare", "<p>Text</p>", None)


# --- ninjs ------------------------------------------------------------------------------------------------------------
def test_ninjs_1():
    found = one(samples.as_json(samples.ninjs_1()))
    assert (found.key, found.version, found.title) == ("https://agency.example/1", "1", "Ferry returns")
    assert (found.summary, found.html) == ("It is back.", "<p>The ferry is <b>back</b>.</p>")
    assert (found.byline, found.credit, found.language) == ("Harbour desk", "Agency", "en")
    assert found.terms == "© 2026 Agency · Not for archives"
    assert (found.address, found.published_at) == ("https://agency.example/1", HALF_PAST_NINE)
    assert found.picture == WirePicture("https://agency.example/l.jpg", "A ferry", "The ferry.", "Desk")


def test_ninjs_2():
    found = one(samples.as_json(samples.ninjs_2()))
    assert (found.standing, found.embargo) == (Standing.WITHHELD, datetime(2099, 1, 1, tzinfo=UTC))
    assert (found.summary, found.html) == ("It is back.", "<p>One &amp; only.</p><p>Two.</p>")
    assert (found.credit, found.address, found.published_at) == ("AGY", "https://agency.example/2", NINE)
    assert found.picture is None


def test_ninjs_3():
    found = one(samples.as_json(samples.ninjs_3()))
    assert (found.standing, found.html, found.terms) == (Standing.CANCELED, "<p>Back.</p>", "© 2026 Agency")
    assert found.picture == WirePicture("https://agency.example/l.jpg", "A ferry")


def test_an_array_of_ninjs():
    picture = samples.ninjs_1("3", type="picture")
    found = read(samples.as_json(samples.ninjs_1("1"), 7, {"type": "text"}, picture, samples.ninjs_2("2")))
    assert [each.key for each in found] == ["https://agency.example/1", "urn:agency:2"]


def test_ninjs_that_says_little():
    found = one(samples.as_json({"uri": "u", "version": 3, "bodies": [{"contenttype": "x/xml", "value": "<a>B</a>"}]}))
    assert (found.version, found.html, found.title) == ("3", "<a>B</a>", "")
    no_form = {"type": "picture", "renditions": [{"href": "a.bin", "width": "wide"}]}
    found = one(
        samples.as_json({"uri": "u", "title": "T", "associations": [{"type": "picture"}, no_form], "body": True})
    )
    assert (found.picture.url, found.html) == ("a.bin", "")


# --- all --------------------------------------------------------------------------------------------------------------
SOMETHING = {
    "feed": samples.rss().encode(),
    "newsml": samples.newsitem().encode(),
    "nitf": samples.nitf(),
    "ninjs": samples.as_json(samples.ninjs_1()),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_told_from_the_document_or_asked_for(name):
    assert read(SOMETHING[name], format=name) == read(SOMETHING[name]) != []
    other = "nitf" if name == "feed" else "feed"
    with pytest.raises(SourceBroken, match="was expected"):
        read(SOMETHING[name], format=other)


def test_an_editor_may_ask_for_each_format():
    assert dict(Wire.Format.choices).keys() - {""} == FORMATS.keys()


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_moment(text):
    assert moment(text) is None


def test_a_moment_without_a_zone_is_utc():
    assert moment(" 2026-11-02T09:00:00 ") == NINE
