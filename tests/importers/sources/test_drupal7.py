from __future__ import annotations

from datetime import UTC, datetime

from tests.importers.samples import altered, field, of, records_of
from tribuna.importers.base import (
    FIELD_LEFT_OUT,
    FORMAT_UNSAFE,
    KIND_LEFT_OUT,
    PRIVATE_FILE,
    Article,
    Author,
    Comment,
    File,
    Lost,
    Term,
)


def test_a_node_is_a_story(site):
    records = records_of(site)
    first = of(Article, records)[0]
    assert (first.key, first.section, len(first.topics), first.authors) == ("1", "2", 3, ("2",))
    assert first.addresses == ("/node/1", "/news/story-1")
    assert first.html.startswith("<p>")
    assert (first.is_live, first.takes_comments, first.language) == (True, True, "en")
    assert first.published_at == datetime.fromtimestamp(1_262_304_000 + 4_500, UTC)
    assert len(of(Author, records)) == 3
    assert sum(term.is_section for term in of(Term, records)) == 8
    assert [comment.article for comment in of(Comment, records)] == ["1", "1", "2", "2", "3", "3"]


def test_fields_go_where_the_mapping_says(site, tmp_path):
    altered(
        site,
        *field(
            10, "field_subtitle", "text", "field_subtitle_value, field_subtitle_format", "1|'und'|'Below <it>'|NULL"
        ),
        *field(11, "field_kicker", "text", "field_kicker_value, field_kicker_format", "1|'und'|'Above'|NULL"),
        *field(12, "title_field", "text", "title_field_value, title_field_format", "1|'en'|'Better'|NULL"),
        *field(
            13,
            "field_image",
            "image",
            "field_image_fid, field_image_alt, field_image_title",
            "1|'und'|5|'Alt'|'Title'",
            "1|'und'|6|NULL|NULL",
        ),
        *field(
            14, "field_photos", "image", "field_photos_fid, field_photos_alt, field_photos_title", "1|'und'|6|''|''"
        ),
        *field(15, "field_rating", "number_integer", "field_rating_value", "1|'und'|4"),
        *field(16, "field_other", "text_long", "field_other_value, field_other_format", "1|'und'|'Kept'|NULL"),
        "CREATE TABLE file_managed (fid, uid, filename, uri, status)",
        "INSERT INTO file_managed VALUES (5, 1, 'a.jpg', 'public://x/a b.jpg', 1)",
        "INSERT INTO file_managed VALUES (6, 1, 'c.pdf', 'private://c.pdf', 1)",
        "INSERT INTO file_managed VALUES (7, 1, 'd.tmp', 'temporary://d.tmp', 0)",
        "UPDATE node SET sticky = 1 WHERE nid = 1",
    )
    records = records_of(site)
    first = of(Article, records)[0]
    assert (first.title, first.kicker, first.standfirst) == ("Better", "Above", "Below <it>")
    assert (first.main_image, first.main_image_alt, first.pictures) == ("5", "Alt", ("6", "6"))
    assert [note.detail for note in first.notes] == ["field_rating", "field_other", "sticky"]
    assert first.notes[0].original == '[{"field_rating_value": 4}]'
    picture, paper = of(File, records)
    assert (picture.path, picture.alt, picture.caption) == ("x/a b.jpg", "Alt", "Title")
    assert picture.addresses == ("/sites/default/files/x/a b.jpg",)
    assert (paper.path, paper.addresses) == ("private/c.pdf", ("/system/files/c.pdf",))
    assert [(each.is_private, [note.about for note in each.notes]) for each in (picture, paper)] == [
        *((False, []), (True, [PRIVATE_FILE])),
    ]
    assert [record.key for record in of(Lost, records)] == ["file:7", "users"]
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('types = ["article"]\n[fields]\nfield_other = "text"\nnowhere = "text"', encoding="utf-8")
    first = of(Article, records_of(site, "--mapping", str(mapping)))[0]
    assert first.html == "<p>Kept</p>"
    assert len([note for note in first.notes if note.about == FIELD_LEFT_OUT]) >= 8


def test_text_formats_are_obeyed(site):
    altered(
        site,
        "INSERT INTO filter VALUES ('php_code', 'php', 'php_code', 0, 1)",
        "INSERT INTO filter VALUES ('plain_text', 'filter', 'filter_html_escape', 0, 1)",
        "INSERT INTO filter VALUES ('full_html', 'filter', 'filter_autop', 0, 0)",
        "UPDATE field_data_body SET body_value = '<?php echo 1;', body_format = 'php_code' WHERE entity_id = 1",
        "UPDATE field_data_body SET body_value = 'a <b>' || char(10) || 'c', body_format = 'plain_text'"
        " WHERE entity_id = 2",
        "UPDATE field_data_body SET body_value = '<p>a' || char(10) || 'b', body_summary = 'Sum' WHERE entity_id = 3",
        "UPDATE field_data_body SET body_format = 'full_html' WHERE entity_id = 3",
        "UPDATE field_data_comment_body SET comment_body_value = '<b>x</b>', comment_body_format = 'plain_text'"
        " WHERE entity_id = 1",
    )
    records = records_of(site)
    code, plain, full = of(Article, records)
    assert (code.html, code.is_live, code.notes[0].about) == ("<p>&lt;?php echo 1;</p>", False, FORMAT_UNSAFE)
    assert plain.html == "<p>a &lt;b&gt;<br>c</p>"
    assert (full.html, full.standfirst) == ("<p>a\nb", "Sum")
    assert any(comment.text == "<b>x</b>" for comment in of(Comment, records))


def test_media_within_texts_are_pictures(site):
    altered(
        site,
        "CREATE TABLE file_managed (fid, uid, filename, uri, status)",
        "INSERT INTO file_managed VALUES (5, 1, 'a.jpg', 'public://a.jpg', 1)",
        "INSERT INTO variable VALUES ('file_public_path', 's:5:\"files\";')",
        """UPDATE field_data_body SET body_value = 'a [[{"type":"media","fid":"5"}]] [[{"fid":"6"}]]'
            WHERE entity_id = 1""",
    )
    first = of(Article, records_of(site))[0]
    assert '<img src="/files/a.jpg">' in first.html
    assert [note.detail for note in first.notes] == ["media"]


def test_translations_of_both_kinds_are_linked(site):
    altered(
        site,
        "CREATE TABLE languages (language, prefix)",
        "INSERT INTO languages VALUES ('en', ''), ('es', 'es')",
        "UPDATE node SET tnid = 2 WHERE nid IN (2, 3)",
        "UPDATE node SET language = 'es' WHERE nid = 3",
        "CREATE TABLE entity_translation (entity_type, entity_id, language, source, uid, status, created, changed)",
        "INSERT INTO entity_translation VALUES ('node', 1, 'en', '', 1, 1, 1, 1), ('node', 1, 'es', 'en', 2, 0, 1, 1)",
        "INSERT INTO entity_translation VALUES ('comment', 2, 'es', 'en', 2, 0, 1, 1)",
        "INSERT INTO url_alias VALUES (90, 'node/1', 'noticias/uno', 'es'), (91, 'node/1', 'any?#%', 'und')",
        *field(12, "title_field", "text", "title_field_value, title_field_format", "1|'es'|'Uno'|NULL"),
        "INSERT INTO field_data_body SELECT entity_type, bundle, deleted, entity_id, revision_id, 'es', 0, 'Hola', '', "
        "body_format FROM field_data_body WHERE entity_id = 1",
    )
    records = records_of(site)
    first, translated, second, third = of(Article, records)
    assert (first.sister, translated.sister, second.sister, third.sister) == ("n1", "n1", "t2", "t2")
    assert (translated.key, translated.title, translated.html, translated.is_live) == (
        "1:es",
        "Uno",
        "<p>Hola</p>",
        False,
    )
    assert first.addresses == ("/node/1", "/any%3F%23%25", "/news/story-1")
    assert translated.addresses == (
        "/es/node/1",
        "/any%3F%23%25",
        "/es/any%3F%23%25",
        "/noticias/uno",
        "/es/noticias/uno",
    )
    assert third.addresses == ("/node/3", "/es/node/3")
    assert [note.detail for comment in of(Comment, records) for note in comment.notes] == ["translation: es"]


def test_who_translated_is_an_author_too(site):
    altered(
        site,
        "INSERT INTO users VALUES (90, 'Night desk', '')",
        "CREATE TABLE entity_translation (entity_type, entity_id, language, source, uid, status, created, changed)",
        "INSERT INTO entity_translation VALUES ('node', 1, 'es', 'en', 90, 1, 1, 1)",
        "DELETE FROM users WHERE uid NOT IN (90, 2, 3, 4)",
    )
    records = records_of(site)
    assert "Night desk" in {each.name for each in of(Author, records)}
    assert next(each for each in of(Article, records) if each.key == "1:es").authors == ("90",)
    assert of(Lost, records) == []


def test_what_else_there_is_comes_or_is_kept(site):
    altered(
        site,
        "UPDATE node SET type = 'page' WHERE nid = 2",
        "UPDATE node SET uid = 0 WHERE nid = 3",
        "CREATE TABLE node_revision (vid)",
        "INSERT INTO node_revision VALUES (1), (2), (3), (4)",
        "CREATE TABLE redirect (source, redirect)",
        "INSERT INTO redirect VALUES ('very/old', 'node/1'), ('else', 'http://x')",
        "INSERT INTO redirect VALUES ('old/term', 'taxonomy/term/2'), ('old/desk', 'user/2')",
    )
    records = records_of(site, "--types", "article")
    assert [record.key for record in of(Article, records)] == ["1", "3"]
    assert of(Article, records)[0].addresses[-1] == "/very/old"
    assert of(Article, records)[1].authors == ()
    assert [(lost.key, lost.notes[0].about) for lost in of(Lost, records)] == [
        ("node:2", KIND_LEFT_OUT),
        ("revisions", KIND_LEFT_OUT),
        ("users", KIND_LEFT_OUT),
    ]
    assert next(each for each in of(Term, records) if each.key == "2").addresses[-1] == "/old/term"
    (desk,) = of(Author, records)
    assert (desk.key, desk.addresses) == ("2", ("/user/2", "/old/desk"))
    altered(site, "DELETE FROM node_revision")
    assert len(of(Lost, records_of(site, "--types", "article"))) == 2
    assert not of(Article, records_of(site, "--types", "none", "not a type"))
