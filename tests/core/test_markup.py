from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribuna.core.markup import (
    Embed,
    Gallery,
    Heading,
    Lost,
    Picture,
    Quote,
    Table,
    Text,
    is_safe_address,
    pieces_of,
    text_of,
)
from tribuna.core.markup.paragraphs import Paragraphs

_TAG = re.compile(r"</?(?:p|ul|ol|li|b|i)>|<br/>|<a href=\"[^\"<>]*\">|</a>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<span>Hello</span>", "<p>Hello</p>"),
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("a<div>b</div>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<b>x <i>y</b> z</i>", "<p><b>x <i>y</i></b> z</p>"),
        ("<strong>a<strong>b</strong>c</strong>", "<p><b>abc</b></p>"),
        ("<em>a<p>b</p></em>", "<p><i>a</i></p><p><i>b</i></p>"),
        ("a<br>b<br><br>", "<p>a<br/>b</p>"),
        ("<br> <br>\u2003<br>a \t b<br> <br>", "<p>a b</p>"),
        (f"<br>a{'<br> ' * 50_000}b", f"<p>a{'<br/> ' * 50_000}b</p>"),  # which took an hour once
        ("<p> <b> </b><br></p>x</p></b>", "<p>x</p>"),
        ('<a href="javascript:x()">a</a><a>b</a>', "<p>ab</p>"),
        ('<a href="/x?a=1&b=&quot;">a</a>', '<p><a href="/x?a=1&amp;b=&quot;">a</a></p>'),
        ("1 &lt; 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ol><li>a<ul><li>b</li></ul></li></ol>", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br/>b</li></ul>"),
        ("<li>a", "<ul><li>a</li></ul>"),
        ("</ul></li><ul><li> </li></ul>x", "<p>x</p>"),
        ("<ul>a<li>b</li>c</ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<pre>a\n b</pre>", "<p>a<br/> b</p>"),
        ("a <cite>b</cite> c", "<p>a <i>b</i> c</p>"),
    ],
)
def test_running_text_is_written_anew(html, expected):
    assert [piece for piece in pieces_of(html) if not isinstance(piece, Lost)] == [Text(expected)]


def test_line_ends_mean_something_where_they_should():
    assert pieces_of("a\nb\n\n\nc <b>d\ne</b>\r\n\r\nf", breaks=True) == [
        Text("<p>a<br/>b</p><p>c <b>d<br/>e</b></p><p>f</p>")
    ]
    assert pieces_of("<ul>\n\n<li>a\n\nb</li></ul>", breaks=True) == [Text("<ul><li>a b</li></ul>")]
    assert pieces_of("a\n\nb") == [Text("<p>a b</p>")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>A <em>b</em></h2><h3> </h3><h4><cite>c</cite></h4>", [Heading("A b"), Heading("c")]),
        ("<blockquote><p>a</p>b<cite>c</cite></blockquote>", [Quote("a\n\nb", "c")]),
        ("<blockquote><cite>c</cite></blockquote><blockquote></blockquote>", [Quote("c")]),
        ("<blockquote>a<blockquote>b</blockquote><h3>c</h3><br><li>d</blockquote>", [Quote("a\n\nb\n\nc\n\nd")]),
        ('<img src="a.jpg" alt=" A ">', [Picture("a.jpg", "A")]),
        ('<img data-src="a.jpg" src="data:x">', [Picture("a.jpg")]),
        ('<figure><img src="a"><figcaption>B</figcaption></figure>', [Picture("a", "", "B")]),
        ('<figure><img src="a"><img src="b">c</figure>', [Gallery((Picture("a"), Picture("b"))), Text("<p>c</p>")]),
        ("<figcaption>lonely</figcaption><figcaption></figcaption>", [Text("<p>lonely</p>")]),
        ('<iframe src="//a.example/b" title="T"></iframe>', [Embed("https://a.example/b", "T")]),
        ('<video controls><source src="https://a.example/b"></video>', [Embed("https://a.example/b")]),
        (
            '<iframe src="https://a.example/b"></iframe><figcaption>C</figcaption>',
            [Embed("https://a.example/b", "C")],
        ),
        ("x<p>https://a.example/?b=1&amp;c</p>", [Text("<p>x</p>"), Embed("https://a.example/?b=1&c")]),
        (
            "<table><caption>N</caption><tr><th>a<td>b</tr><tr><td>1</table>",
            [Table((("a", "b"), ("1", ""), ("N", "")), has_head=True)],
        ),
        ("<table><td>a<p>b</p><br>c<h3>d</h3></td></table>", [Table((("a b c d",),))]),
        ("<table><tr><td> </td></tr></table>", []),
        ("<table><tr><td>a<i>b</i>c</td><tr></table>z", [Table((("abc",),)), Text("<p>z</p>")]),
    ],
)
def test_other_things_are_pieces_of_their_own(html, expected):
    assert pieces_of(html) == expected


@pytest.mark.parametrize(
    ("html", "name", "original"),
    [
        ("<script>a<b</script>", "script", "<script>a&lt;b</script>"),
        ("<form><input><div>x</form>", "form", "<form><input><div>x</form>"),
        ("<form>x", "form", "<form>x"),
        ("<form></p></form>", "form", "<form></p></form>"),
        ("<input name=a>", "input", "<input name=a>"),
        ("<img>", "img", "<img>"),
        ('<iframe src="ttps://x"></iframe>', "iframe", '<iframe src="ttps://x">'),
        ("<iframe></iframe>", "iframe", "<iframe>"),
        ("<!-- wp:latest-posts {} /-->", "latest-posts", "<!-- wp:latest-posts {} /-->"),
    ],
)
def test_what_can_not_be_kept_is_handed_over(html, name, original):
    assert pieces_of(html) == [Lost(name, original)]


def test_what_loses_only_its_form_says_so():
    lost = [
        p
        for p in pieces_of("a<sub>2</sub><hr><!--nextpage--><!-- wp:p --><blink>b</blink><td>c")
        if isinstance(p, Lost)
    ]
    assert [(each.name, each.is_form) for each in lost] == [
        ("sub", True),
        ("hr", True),
        ("nextpage", True),
        ("blink", True),
        ("td", True),
    ]
    table = pieces_of("<table><tr><td>a<table><tr><td>b</table></table>")
    assert [type(piece) for piece in table] == [Lost, Table]


def test_pictures_within_tables_and_quotations_stand_before_them():
    assert pieces_of('<blockquote>a<img src="b"></blockquote>') == [Picture("b"), Quote("a")]
    assert pieces_of('a<table><tr><td><hr><img src="b">c</table>')[-2:] == [Picture("b"), Table((("c",),))]


def test_text_without_tags_keeps_what_matters():
    html = (
        '<h2>Head</h2><p>a<br>b <a href="https://a.example/">link</a> <a href="#x">y</a></p><ul><li>1<li>2</ul>'
        "<blockquote>said<cite>who</cite></blockquote><table><tr><td>c<td>d</table><script>x</script>"
        '<figure><img src="e" alt="E"><img src="f"></figure><iframe src="https://g.example/"></iframe>'
    )
    assert text_of(html) == (
        "Head\n\na\nb link (https://a.example/) y\n\n- 1\n- 2\n\n> said\n> who\n\nc | d\n\nE e\nf\n\nhttps://g.example/"
    )


def test_what_was_never_begun_ends_nothing():
    text = Paragraphs(breaks=False)
    text.end("b")
    text.end_list("ul")
    assert text.taken() == []


def test_depth_has_an_end():
    assert pieces_of("<div>" * 5000 + "x") == [Text("<p>x</p>")]


@pytest.mark.parametrize("url", ["/a", "https://a.example", "mailto:a@example.org", "#a", "a/b?c=d"])
def test_addresses_that_are_safe(url):
    assert is_safe_address(url)


@pytest.mark.parametrize("url", ["", " ", "javascript:x", " JavaScript:x", "data:text/html,x", "http://[", "\\\\a"])
def test_addresses_that_are_not(url):
    assert not is_safe_address(url)


_SCRAPS = [
    *("<b>", "</b>", "<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<td>", "</table>", "<blockquote>", "<cite>"),
    *("</blockquote>", "</cite>", '<a href="x&quot;>">', "</a>", "<script>", "</script>", "x", "\n\n", "<img src=y>"),
    *("<figure>", "</figure>", "<figcaption>", "</figcaption>", "<h2>", "</h2>", "&lt;script&gt;", "<form>", "</form>"),
]


@given(st.lists(st.sampled_from(_SCRAPS), max_size=30).map("".join) | st.text(max_size=200), st.booleans())
def test_nothing_that_is_written_breaks_it_and_all_text_is_safe(html, breaks):
    text_of(html, breaks=breaks)
    for piece in pieces_of(html, breaks=breaks):
        if isinstance(piece, Text):
            assert "<" not in _TAG.sub("", piece.html)
