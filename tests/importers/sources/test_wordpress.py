from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.importers.samples import filed, item, meta, of, options_of, read, said, wxr
from tribuna.importers.base import (
    FIELD_LEFT_OUT,
    PRIVATE,
    SCHEDULED,
    SHORTCODE_LEFT_OUT,
    SHORTCODE_UNSURE,
    Article,
    Author,
    Comment,
    File,
    Lost,
    Said,
    SourceBroken,
    Term,
)
from tribuna.importers.sources.wordpress import WordPress, WordPressComments
from tribuna.importers.sources.wordpress import wxr as reader
from tribuna.importers.sources.wordpress.facts import path_of
from tribuna.importers.sources.wordpress.shortcodes import answered

MOMENT = datetime(2012, 5, 1, 9, 0, tzinfo=UTC)


def story(tmp_path, *words, body="", more="", **fields):
    return of(Article, read(WordPress(), wxr(tmp_path, item("7", body, more, **fields)), *words))[0]


def test_a_post_is_a_story(tmp_path):
    more = (
        filed("category", "city")
        + filed("category", "port")
        + filed("post_tag", "rain")
        + filed("category", "city")
        + meta("_thumbnail_id", "9")
        + meta("_wp_old_slug", "older")
        + "<category>Unfiled</category>"
        + "<excerpt:encoded>In short.</excerpt:encoded><wp:comment_status>closed</wp:comment_status>"
        + "<wp:post_modified_gmt>2012-06-01 09:00:00</wp:post_modified_gmt>"
    )
    found = story(tmp_path, body="One\n\nTwo", more=more)
    assert (found.key, found.title, found.slug, found.html, found.breaks) == (
        "7",
        "Story 7",
        "story-7",
        "One\n\nTwo",
        True,
    )
    assert (found.section, found.topics) == ("category:city", ("topic-of-category:port", "tag:rain"))
    assert (found.authors, found.main_image, found.standfirst) == (("desk",), "9", "In short.")
    assert (found.is_live, found.published_at, found.updated_at.month) == (True, MOMENT, 6)
    assert found.addresses == ("/2012/story-7/", "/?p=7", "/2012/older/")
    assert (found.takes_comments, found.language, found.notes) == (False, "en-GB", ())


def test_categories_may_be_topics(tmp_path):
    path = wxr(tmp_path, item("7", more=filed("category", "port")))
    records = read(WordPress(), path, "--categories", "topics")
    assert not any(term.is_section for term in of(Term, records))
    assert of(Article, records)[0].topics == ("category:port",)


def test_terms_and_authors_come_once(tmp_path):
    records = read(WordPress(), wxr(tmp_path, item("7", more=filed("category", "new") + filed("category", "port"))))
    assert [author.name for author in of(Author, records)] == ["Culture desk"]
    terms = {term.key: term for term in of(Term, records)}
    assert set(terms) == {
        "category:city",
        "category:port",
        "topic-of-category:port",
        "category:new",
        "tag:rain",
        "tag:sun",
    }
    assert (terms["category:port"].name, len(terms["category:port"].notes)) == ("port", 1)
    assert terms["category:city"].addresses == ("/category/city/",)
    assert terms["category:port"].addresses == ("/category/city/port/", "/category/port/")
    assert terms["topic-of-category:port"].addresses == ()
    assert terms["tag:rain"].addresses == ("/tag/rain/", "/?tag=rain")


HEAD = """<wp:base_blog_url>https://old.example/blog/</wp:base_blog_url>
<wp:author><wp:author_id>4</wp:author_id><wp:author_login>J. Night-Desk &amp; co</wp:author_login></wp:author>
<wp:category><wp:term_id>8</wp:term_id><wp:category_nicename>a</wp:category_nicename>
<wp:category_parent>b</wp:category_parent></wp:category>
<wp:category><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent></wp:category>"""


def test_addresses_are_those_of_a_blog_in_a_folder(tmp_path):
    path = wxr(tmp_path, item("7"), item("8", kind="page"), item("9", kind="attachment"))
    text = path.read_text(encoding="utf-8").replace("<wp:base_blog_url>https://old.example</wp:base_blog_url>", HEAD)
    path.write_text(text, encoding="utf-8")
    records = read(WordPress(), path)
    desk = next(author for author in of(Author, records) if author.key.startswith("J."))
    assert desk.addresses == ("/blog/author/j. night-desk & co/", "/blog/author/j-night-desk-co/", "/blog/?author=4")
    terms = {term.key: term.addresses for term in of(Term, records)}
    assert terms["category:a"] == ("/blog/category/b/a/", "/blog/category/a/", "/blog/?cat=8")  # each below the other
    assert terms["tag:rain"] == ("/blog/tag/rain/", "/blog/?tag=rain")
    assert [story.addresses[1] for story in of(Article, records)] == ["/blog/?p=7", "/blog/?page_id=8"]
    assert of(File, records)[0].addresses[-1] == "/blog/?attachment_id=9"


@pytest.mark.parametrize(
    ("status", "more", "is_live", "about"),
    [
        ("draft", "", False, []),
        ("future", "", False, [SCHEDULED]),
        ("private", "", False, [PRIVATE]),
        ("publish", "<wp:post_password>x</wp:post_password>", False, [PRIVATE]),
        ("publish", "<wp:is_sticky>1</wp:is_sticky>", True, [FIELD_LEFT_OUT]),
        (
            "publish",
            filed("post_format", "aside") + meta("mood", "fine") + meta("_seo", "x"),
            True,
            [FIELD_LEFT_OUT] * 3,
        ),
    ],
)
def test_what_is_not_simply_public_says_so(tmp_path, status, more, is_live, about):
    found = story(tmp_path, more=more, status=status)
    assert (found.is_live, [note.about for note in found.notes]) == (is_live, about)


def test_languages_of_plugins_are_understood(tmp_path):
    found = story(tmp_path, more=filed("language", "es") + filed("post_translations", "pll_1"))
    assert (found.language, found.sister, found.notes) == ("es", "pll_1", ())


def test_other_kinds_are_kept(tmp_path):
    path = wxr(tmp_path, item("1", kind="nav_menu_item"), item("2", status="trash"), item("3", kind="event"))
    assert [record.key for record in of(Lost, read(WordPress(), path))] == ["item:1", "item:2", "item:3"]
    records = read(WordPress(), path, "--types", "event")
    assert [record.key for record in of(Article, records)] == ["3"]


def test_attachments_are_files(tmp_path):
    more = (
        "<wp:attachment_url>https://old.example/wp-content/uploads/2012/a%20b.jpg</wp:attachment_url>"
        + meta("_wp_attachment_image_alt", "A ferry")
        + "<excerpt:encoded>Seen</excerpt:encoded>"
    )
    found, bare = of(
        File, read(WordPress(), wxr(tmp_path, item("1", more=more, kind="attachment"), item("2", kind="attachment")))
    )
    assert (found.path, found.alt, found.caption) == ("2012/a b.jpg", "A ferry", "Seen")
    assert found.addresses == ("/wp-content/uploads/2012/a%20b.jpg", "/2012/story-1/", "/?attachment_id=1")
    assert (bare.path, bare.url) == ("", "")


def test_comments_have_their_states(tmp_path):
    states = ("1", "0", "spam", "trash", "post-trashed", "odd")
    more = "".join(said(str(n), approved=state) for n, state in enumerate(states)) + said("9", kind="pingback")
    records = read(WordPress(), wxr(tmp_path, item("7", more=more + said("8", "<b>a</b>\nb", "1"))))
    assert [comment.state for comment in of(Comment, records)] == [
        Said.PUBLISHED,
        Said.HELD,
        Said.SPAM,
        Said.REJECTED,
        Said.HELD,
        Said.HELD,
        Said.PUBLISHED,
    ]
    last = of(Comment, records)[-1]
    assert (last.text, last.parent, last.article, last.address, last.language) == ("a\nb", "1", "7", "", "en")
    assert [record.key for record in of(Lost, records)] == ["comment:9"]


def test_comments_alone_are_found_by_address(tmp_path):
    found = read(WordPressComments(), wxr(tmp_path, item("7", more=said("1"))))
    assert [(record.key, record.article, record.address) for record in found] == [("1", "", "/2012/story-7/")]


def test_parts_of_an_export_are_one(tmp_path):
    (tmp_path / "b").mkdir()
    paths = wxr(tmp_path, item("1")), wxr(tmp_path / "b", item("2"))
    assert [record.key for record in of(Article, read(WordPress(), *paths))] == ["1", "2"]


def test_a_broken_tail_is_told_after_all_that_came(tmp_path):
    path = wxr(tmp_path, item("1", more=said("1")), "<item><title>&nothing;")
    source, came = WordPress(), []
    records = source.open(options_of(source, [str(path)])).records
    with pytest.raises(SourceBroken, match=r"export.xml, line \d+"):
        came.extend(records)
    assert [(record.kind, record.key) for record in came[-2:]] == [("article", "1"), ("comment", "1")]


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item>&b;</item></channel></rss>'


@pytest.mark.parametrize(
    ("text", "why"), [(BOMB, "entities"), ("<a>" * 100, "too deep"), ("<item>" + "x" * 100, "larger than any story")]
)
def test_hostile_files_are_told(tmp_path, monkeypatch, text, why):
    monkeypatch.setattr(reader, "ITEM_MAX_CHARACTERS", 50)
    path = tmp_path / "x.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceBroken, match=why):
        list(reader.nodes_in(path))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<item>a\x0bb\x00c</item>", "abc"),
        (b"<item>caf\xe9 \x93x\x94</item>", "café “x”"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><item>caf\xe9</item>', "café"),
        (b'<?xml version="1.0" encoding="nonsense"?><item>caf\xc3\xa9</item>', "café"),
        (b"\xef\xbb\xbf<item>a</item>", "a"),
        ("<item>café</item>".encode("utf-16"), "café"),
        (b"<item>" + b"x" * 70_000 + b"\xc3\xa9</item>", "x" * 70_000 + "é"),
    ],
)
def test_any_encoding_is_read(tmp_path, raw, text):
    path = tmp_path / "x.xml"
    path.write_bytes(raw)
    assert [node.text for node in reader.nodes_in(path)] == [text]


def test_a_folder_is_no_export(tmp_path):
    with pytest.raises(SourceBroken):
        list(reader.nodes_in(tmp_path))


def test_only_decoding_is_mended():
    with pytest.raises(UnicodeEncodeError):
        "\ud800".encode("utf-8", "tribuna.windows")


PICTURES = {"1": "https://old.example/1.jpg", "2": "https://old.example/2.jpg"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '[gallery ids="1,2,3"]',
            '<figure><img src="https://old.example/1.jpg"><img src="https://old.example/2.jpg"></figure>',
        ),
        ("[gallery]", '<figure><img src="https://old.example/2.jpg"></figure>'),
        (
            '[caption id="a"]<img src="x"> Words[/caption]',
            '<figure><img src="x"><figcaption>Words</figcaption></figure>',
        ),
        (
            '[caption caption="Words"]<a href="y"><img src="x"></a>[/caption]',
            '<figure><a href="y"><img src="x"></a><figcaption>Words</figcaption></figure>',
        ),
        ("[caption]no picture[/caption]", "<figure>no picture<figcaption></figcaption></figure>"),
        ("[embed width=1]https://youtu.be/x[/embed]", "https://youtu.be/x"),
        ('[audio mp3="https://old.example/a.mp3"][/audio]', '<iframe src="https://old.example/a.mp3"></iframe>'),
    ],
)
def test_known_shortcodes_are_answered(html, expected):
    found, notes = answered(html, pictures=PICTURES, own=("2",))
    assert (found.strip(), notes) == (expected, [])


def test_others_are_told():
    html = "[box color='red']In[/box] [form id=3] [sic] [video src='/x'] [gallery ids='9'] [a](b)"
    found, notes = answered(html, pictures={})
    assert found == "In  [sic]   [a](b)"
    assert [(note.detail, note.about) for note in notes] == [
        ("box", SHORTCODE_LEFT_OUT),
        ("form", SHORTCODE_LEFT_OUT),
        ("sic", SHORTCODE_UNSURE),
        ("video", SHORTCODE_LEFT_OUT),
        ("gallery", SHORTCODE_LEFT_OUT),
    ]


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://a.example/b?c=d", "/b?c=d"), ("https://a.example?p=1", "/?p=1"), ("http://[", ""), ("", "")],
)
def test_paths_of_addresses(url, path):
    assert path_of(url) == path
