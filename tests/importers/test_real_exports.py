"""Real exports, counted in their sources by XPath and SQL, and again here. They are not part of the project."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests import factories
from tests.importers.factories import shared, unpacked
from tests.importers.walking import Walk, status_at
from tribuna.comments.models import Comment
from tribuna.comments.queries import drifts
from tribuna.importers.models import Finding, Origin
from tribuna.newsroom.models import ArticlePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom")]

EXPORTS = [
    "WordPress__theme-test-data__64-block-test-data.xml",
    "WordPress__theme-test-data__themeunittestdata.wordpress.xml",
    "wordpress-importer__large-authors.xml",
    "wordpress-importer__small-export.xml",
    "wordpress-importer__valid-wxr-1.0.xml",
    "wordpress-importer__valid-wxr-1.1.xml",
    "wordpress-importer__wxr-utf-8-challenges.xml",
]


def brought(folder: Path, *words: str) -> dict:
    """Run the command and return its report."""
    call_command("import", *words, "--report", str(folder))
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def came(kind: str) -> int:
    return Origin.objects.filter(kind=kind).count()


class Export:
    """An export, read by another reader than ours."""

    def __init__(self, path: Path) -> None:
        root = ET.parse(path).getroot()
        self.wp = next((e.tag.partition("}")[0] + "}" for e in root.iter() if "/export/1." in e.tag), "{}")
        self.channel = root.find("channel")
        self.items = self.channel.findall("item")

    def of(self, item: ET.Element, name: str) -> str:
        return (item.findtext(f"{self.wp}{name}") or "").strip()

    def posts(self) -> list[ET.Element]:
        return [item for item in self.items if self.of(item, "post_type") in {"post", "page"}]

    def addresses(self, item: ET.Element) -> set[str]:
        """Where *item* stood: its link, and what WordPress answers to as well."""
        asked = {"page": "page_id", "attachment": "attachment_id"}.get(self.of(item, "post_type"), "p")
        link = urlsplit((item.findtext("link") or "").strip())._replace(scheme="", netloc="").geturl()
        return {link, f"{self.folder}/?{asked}={self.of(item, 'post_id')}"} - {"", "/"}

    @property
    def folder(self) -> str:
        return urlsplit(self.channel.findtext(f"{self.wp}base_blog_url") or "").path.rstrip("/")

    def term_addresses(self) -> dict[str, set[str]]:
        """Where the archives of terms stood, by their keys in our book."""
        found = {f"{kind}:{slug}": {f"{self.folder}/{kind}/{slug}/"} for kind, slug in self.terms()}
        categories = self.channel.findall(f"{self.wp}category")
        parents = {self.of(e, "category_nicename"): self.of(e, "category_parent") for e in categories}
        for e in categories:
            slug, number = self.of(e, "category_nicename"), self.of(e, "term_id")
            found[f"category:{slug}"] |= {f"{self.folder}/?cat={number}"} if number else set()
            steps = [slug]
            while above := parents.get(steps[0]):
                steps.insert(0, above)
            found[f"category:{slug}"] |= {f"{self.folder}/category/{'/'.join(steps)}/"}
        for kind, slug in self.terms():
            found[f"{kind}:{slug}"] |= {f"{self.folder}/?tag={slug}"} if kind == "tag" else set()
        return found

    def author_addresses(self) -> dict[str, set[str]]:
        """Where the archives of authors stood, by their keys in our book."""
        found = {login: {f"{self.folder}/author/{login.lower()}/"} for login in self.authors()}
        for e in self.channel.findall(f"{self.wp}author"):
            number = self.of(e, "author_id")
            found[self.of(e, "author_login")] |= {f"{self.folder}/?author={number}"} if number else set()
        return found

    def comments(self) -> set[str]:
        return {
            self.of(comment, "comment_id")
            for item in self.items
            for comment in item.findall(f"{self.wp}comment")
            if self.of(comment, "comment_type") not in {"pingback", "trackback"}
        }

    def terms(self) -> set[tuple[str, str]]:
        found = {("category", self.of(e, "category_nicename")) for e in self.channel.findall(f"{self.wp}category")}
        found |= {("tag", self.of(e, "tag_slug")) for e in self.channel.findall(f"{self.wp}tag")}
        for e in self.channel.findall(f"{self.wp}term"):
            if self.of(e, "term_taxonomy") in {"category", "post_tag"}:
                kind = "category" if self.of(e, "term_taxonomy") == "category" else "tag"
                found.add((kind, self.of(e, "term_slug")))
        for item in self.items:
            for e in item.findall("category"):
                if e.get("domain") in {"category", "tag", "post_tag"} and e.get("nicename"):
                    found.add(("category" if e.get("domain") == "category" else "tag", e.get("nicename")))
        return {(kind, slug) for kind, slug in found if slug}

    def authors(self) -> set[str]:
        names = {self.of(author, "author_login") for author in self.channel.findall(f"{self.wp}author")}
        creator = "{http://purl.org/dc/elements/1.1/}creator"
        names |= {item.findtext(creator) or "" for item in self.items if self.of(item, "post_type") != "attachment"}
        return names - {""}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_wordpress_export_comes_whole(name, tmp_path, client):
    path = shared(f"wxr/{name}")
    export = Export(path)
    report = brought(tmp_path, "wordpress", str(path))
    posts = {export.of(item, "post_id") for item in export.posts()}
    assert ArticlePage.objects.count() == came("article") == len(posts)
    live = [item for item in export.posts() if export.of(item, "status") == "publish"]
    open_ones = [item for item in live if not export.of(item, "post_password")]
    assert ArticlePage.objects.live().count() == len({export.of(item, "post_id") for item in open_ones})
    assert Comment.objects.count() == came("comment") == len(export.comments())
    terms = Origin.objects.filter(kind="term").exclude(key__startswith="topic-of-")
    assert terms.count() == len(export.terms())
    assert came("author") == len(export.authors())
    assert report["counts"].get("redirect", {"created": 0})["created"] == Redirect.objects.count()
    assert not any(Page.find_problems())
    assert drifts() == []
    for item in open_ones:
        story = ArticlePage.objects.get(pk=Origin.objects.get(kind="article", key=export.of(item, "post_id")).target)
        for address in export.addresses(item):
            answer = client.get(address)
            assert (answer.status_code, answer.url) == (301, story.url), address
    again = brought(tmp_path, "wordpress", str(path))
    assert {n for c in again["counts"].values() for n in (c["created"], c["updated"])} <= {0}


@pytest.mark.parametrize("name", EXPORTS)
def test_every_old_address_of_wordpress_leads_on(name, tmp_path, client):
    """With every file at hand: pictures of one dot each, so that what doesn't come is told for reasons of its own."""
    export = Export(shared(f"wxr/{name}"))
    attachments = [item for item in export.items if export.of(item, "post_type") == "attachment"]
    for item in attachments:
        place = urlsplit(export.of(item, "attachment_url")).path.lstrip("/")
        place = place.rpartition("wp-content/uploads/")[2] or place
        for each in {place, place.rpartition("/")[2], meta_of(export, item, "_wp_attached_file")} - {""}:
            lay(tmp_path / "files", [each])
    brought(tmp_path, "wordpress", str(shared(f"wxr/{name}")), "--files", str(tmp_path / "files"))
    walk = Walk()
    for item in export.posts():
        if export.of(item, "status") == "publish" and not export.of(item, "post_password"):
            walk.go(client, export.addresses(item), kind="article", key=export.of(item, "post_id"))
    for item in attachments:
        file = urlsplit(export.of(item, "attachment_url")).path
        walk.go(client, export.addresses(item) | {file}, kind="file", key=export.of(item, "post_id"))
    for key, addresses in export.term_addresses().items():
        walk.go(client, addresses, kind="term", key=key)
    for key, addresses in export.author_addresses().items():
        walk.go(client, addresses, kind="author", key=key)
    assert walk.untold == []
    assert len(walk.led) >= len(export.terms()) + len(export.authors())


def lay(folder: Path, paths: list[str]) -> None:
    """Put a file at each of *paths*: a picture of four dots, or words."""
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(factories.photograph((2, 2)) if target.suffix in {".jpg", ".jpeg"} else b"words")


def meta_of(export: Export, item: ET.Element, name: str) -> str:
    found = {export.of(e, "meta_key"): export.of(e, "meta_value") for e in item.findall(f"{export.wp}postmeta")}
    return found.get(name, "")


def test_a_malformed_export_says_where_and_keeps_what_came(tmp_path):
    path = shared("wxr/wordpress-importer__malformed.xml")
    with pytest.raises(CommandError, match=r"malformed.*line \d+"):
        brought(tmp_path, "wordpress", str(path))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["whole"] is False
    assert report["counts"]["author"]["created"] == 1


@pytest.fixture
def drupal(tmp_path) -> Path:
    return unpacked("drupal7/fixture.sqlite.gz", tmp_path)


def test_a_drupal_site_comes_whole(drupal, tmp_path, client):
    report = brought(tmp_path, "drupal7", f"sqlite:///{drupal}")
    with closing(sqlite3.connect(drupal)) as site:

        def number(sql: str) -> int:
            return site.execute(sql).fetchone()[0]

        translations = number("SELECT count(*) FROM entity_translation WHERE entity_type = 'node' AND source <> ''")
        nodes = number("SELECT count(*) FROM node")
        assert ArticlePage.objects.count() == came("article") == nodes + translations
        hidden = number(
            "SELECT count(*) FROM entity_translation WHERE entity_type = 'node' AND source <> '' AND status = 0"
        )
        assert (
            ArticlePage.objects.filter(live=False).count()
            == number("SELECT count(*) FROM node WHERE status = 0") + hidden
        )
        assert Comment.objects.count() == came("comment") == number("SELECT count(*) FROM comment")
        assert came("term") == number("SELECT count(*) FROM taxonomy_term_data")
        assert came("author") == number("SELECT count(DISTINCT uid) FROM node WHERE uid > 0")
        files = number("SELECT count(*) FROM file_managed WHERE status = 1 AND uri NOT LIKE 'temporary:%'")
        assert report["counts"]["file"]["read"] == files
        aliases = site.execute("SELECT source, alias FROM url_alias WHERE source LIKE 'node/%'").fetchall()
        sources = [row[0] for row in site.execute("SELECT 'node/' || nid FROM node")]
    assert report["counts"]["redirect"]["created"] == Redirect.objects.count() == came("redirect")
    for source, address in [*aliases, *zip(sources, sources, strict=True)]:
        key = source.removeprefix("node/")
        story = ArticlePage.objects.get(pk=Origin.objects.get(kind="article", key=key).target)
        answer = client.get(f"/{address}")
        assert (answer.status_code, answer.url) == (301, story.url), address
    assert {ArticlePage.objects.get(pk=o.target).title for o in Origin.objects.filter(key__startswith="1:")} == {
        "A French Node",
        "An Icelandic Node",
    }
    assert not any(Page.find_problems())
    assert drifts() == []
    again = brought(tmp_path, "drupal7", f"sqlite:///{drupal}")
    assert {n for c in again["counts"].values() for n in (c["created"], c["updated"])} <= {0}


def test_every_old_address_of_drupal_leads_on(drupal, tmp_path, client):
    with closing(sqlite3.connect(drupal)) as site:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return site.execute(sql).fetchall()

        aliases = rows("SELECT source, alias FROM url_alias")
        nodes = [str(row[0]) for row in rows("SELECT nid FROM node WHERE status = 1")]
        terms = [str(row[0]) for row in rows("SELECT tid FROM taxonomy_term_data")]
        users = [str(row[0]) for row in rows("SELECT uid FROM users WHERE uid > 0")]
        files = rows("SELECT fid, uri FROM file_managed")
    lay(tmp_path / "files", [uri.replace("private://", "private/").replace("public://", "") for _fid, uri in files])
    brought(tmp_path, "drupal7", f"sqlite:///{drupal}", "--files", str(tmp_path / "files"))
    walk = Walk()

    def go(source: str, kind: str, key: str) -> None:
        paths = [source, *(alias for of, alias in aliases if of == source)]
        walk.go(client, [each for path in paths for each in (f"/{path}", f"/?q={path}")], kind=kind, key=key)

    for key in nodes:
        go(f"node/{key}", "article", key)
    for key in terms:
        go(f"taxonomy/term/{key}", "term", key)
    for key in users:
        go(f"user/{key}", "author" if Origin.objects.filter(kind="author", key=key).exists() else "other", "users")
    assert walk.untold == []
    assert len(walk.led) == 2 * (len(nodes) + len(terms) + 2 + 4 + 1)  # two users wrote; aliases of nodes and a term
    assert [where(client, uri) for _fid, uri in files] == [200, 200, 403, None]  # what was private stays so
    assert Finding.objects.get(key="file:4").detail == "temporary file"


def where(client, uri: str) -> int | None:
    """Return how the new place answers of what was the file at *uri*, None where there is none."""
    scheme, _mark, path = uri.partition("://")
    answer = client.get(f"/sites/default/files/{path}" if scheme == "public" else f"/system/files/{path}")
    return status_at(client, answer.url) if answer.status_code == 301 else None


def test_a_mapping_is_proposed_and_obeyed(drupal, tmp_path, capsys):
    call_command("import", "drupal7", f"sqlite:///{drupal}", "--inspect")
    mapping = tmp_path / "mapping.toml"
    said = capsys.readouterr().out
    mapping.write_text(said.replace('"tags" = "topics"', '"tags" = "sections"'), encoding="utf-8")
    words = ("drupal7", f"sqlite:///{drupal}", "--mapping", str(mapping), "--types", "article")
    report = brought(tmp_path, *words)
    assert report["counts"]["article"]["created"] == 4
    assert report["counts"]["other"]["left"] >= 7
    assert ArticlePage.objects.get(title="The thing about Deep Space 9").section.title == "Benjamin Sisko"
