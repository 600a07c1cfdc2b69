"""Whatever is sent, reading it ends soon: with items, or with SourceBroken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.wires import samples
from tests.importers.wires.test_formats import SOMETHING, one, read
from tribuna.importers.base import SourceBroken
from tribuna.importers.sources.wires import dispatches_in

LAUGHS = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&secret;</title></item></channel></rss>"""


@pytest.mark.parametrize("document", [LAUGHS, OUTSIDE])
def test_entities_of_its_own_are_refused(document):
    with pytest.raises(SourceBroken, match="entities"):
        read(document)


def test_parameters_of_a_dtd_are_passed_over():
    assert one("<!DOCTYPE rss [ %outside; ]><rss><channel><item><title>A</title></item></channel></rss>").title == "A"


def test_an_unknown_entity_is_only_its_words():
    assert one("<rss><channel><item><title>A &bogus; b&eacute;</title></item></channel></rss>").title == "A &bogus; bé"


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("", "no element found"),
        ("hello", "syntax error"),
        ("<html><body/></html>", "none of RSS"),
        ("<html><body>", "no element found"),
        ("<a>" * 101, "too deep"),
        ("<rss>" + "<a/>" * 200_001 + "</rss>", "more than 200,000 elements"),
        ("[" * 100_000, "not JSON"),
        ("{", "not JSON"),
        ("[" + "9" * 5_000 + "]", "not JSON"),
        (b'{"uri": "\xff"}', "not JSON"),
        ('<?xml version="1.0" encoding="punycode"?><rss>é</rss>', "line 1"),
    ],
)
def test_what_can_not_be_read(document, why):
    with pytest.raises(SourceBroken, match=why):
        read(document)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_encodings(encoding):
    document = samples.rss().replace("Ferry", "Fährë").replace("UTF-8", encoding.removesuffix("-sig"))
    assert one(document.encode(encoding)).title == "Fährë returns & waits"


@pytest.mark.parametrize("encoding", ["base64", "idna", "nothing", "utf-8"])
def test_encodings_that_are_not_so(encoding):
    document = samples.rss().replace("Ferry", "Fährë").replace("UTF-8", encoding)
    assert one(document.encode("cp1252")).title == "Fährë returns & waits"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_of_ninjs(encoding):
    assert one(json.dumps(samples.ninjs_1(headline="É")).encode(encoding)).title == "É"


def test_what_came_before_the_end_was_cut_off_is_taken():
    document = samples.rss("", "")
    found = dispatches_in(document[: document.rindex("<description>")].encode())
    assert next(found).key == "ferry-1"
    with pytest.raises(SourceBroken, match="no element found"):
        next(found)
    message = samples.newsmessage(samples.newsitem("1"), samples.newsitem("2"))
    found = dispatches_in(message[: message.rindex("<contentSet>")].encode())
    assert next(found).key == "urn:newsml:agency:1"
    with pytest.raises(SourceBroken):
        next(found)


def test_halves_of_characters_and_noughts_are_not_passed_on():
    found = one(rb'{"uri": "u\u0000", "headline": "A\ud800", "body_text": "B\ud800\u0000"}')
    assert (found.key, found.title, found.html) == ("u", "A?", "<p>B?</p>")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda s: (
            st.lists(s)
            | st.dictionaries(
                st.sampled_from([*samples.ninjs_1(), *samples.ninjs_2(), "renditions", "href", "value"]), s
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(value):
    try:
        found = read(json.dumps({"uri": "u", "associations": value, "bodies": value, "headlines": value, "by": value}))
    except SourceBroken:
        return
    assert {each.key for each in found} <= {"u"}


@given(st.sampled_from(sorted(SOMETHING)), st.data())
def test_a_document_with_a_slip_is_read_or_refused(name, data):
    document = bytearray(SOMETHING[name])
    for _slip in range(data.draw(st.integers(1, 3))):
        document[data.draw(st.integers(0, len(document) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(document[: data.draw(st.integers(1, len(document)))]))
    except SourceBroken:
        return
    assert all(each.digest for each in found)
