"""What one item of an export becomes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from tribuna.core.markup import text_of
from tribuna.importers.base import (
    FIELD_LEFT_OUT,
    KIND_LEFT_OUT,
    PRIVATE,
    SCHEDULED,
    Article,
    Comment,
    File,
    Lost,
    Note,
    Said,
)
from tribuna.importers.sources.wordpress.facts import CATEGORY, TAG, Facts, path_of, terms_of
from tribuna.importers.sources.wordpress.shortcodes import answered
from tribuna.importers.sources.wordpress.wxr import Node

_UPLOADS = "/wp-content/uploads/"
_OWN_META = {"_thumbnail_id", "_wp_old_slug", "_edit_last", "_edit_lock", "_wp_page_template"}
_STATES = {"1": Said.PUBLISHED, "0": Said.HELD, "spam": Said.SPAM, "trash": Said.REJECTED, "post-trashed": Said.HELD}
_NOT_COMMENTS = {"pingback", "trackback"}
# How plugins for several languages say which: Polylang's taxonomies.
_LANGUAGE, _SISTERS = "language", "post_translations"


def moment(text: str) -> datetime | None:
    """Return the moment that WordPress writes as *text*, None where it writes zeros."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def file_of(item: Node, facts: Facts) -> File:
    """Return the attachment that *item* is."""
    url = item.get("wp:attachment_url") or item.get("guid")
    meta = _meta(item)
    path = unquote(urlsplit(url).path) if url else ""
    within = meta.get("_wp_attached_file", "") or path.partition(_UPLOADS)[2] or PurePosixPath(path).name
    key = item.get("wp:post_id")
    addresses = (path_of(url), path_of(item.get("link")), f"{facts.folder}/?attachment_id={key}")
    return File(
        key=key,
        path=within,
        url=url,
        title=item.get("title"),
        alt=meta.get("_wp_attachment_image_alt", ""),
        caption=text_of(item.get("excerpt:encoded")) or text_of(item.get("content:encoded")),
        addresses=tuple(dict.fromkeys(each for each in addresses if each)),
    )


def article_of(item: Node, facts: Facts, *, categories_are_topics: bool) -> Article:
    """Return the story that *item* is."""
    key, meta = item.get("wp:post_id"), _meta(item)
    own = tuple(facts.children.get(key, ()))
    html, notes = answered(item.get("content:encoded"), pictures=facts.pictures, own=own)
    sections, topics = _terms(item, categories_are_topics=categories_are_topics)
    created = moment(item.get("wp:post_date_gmt")) or moment(item.get("wp:post_date"))
    others = {n.attributes.get("domain", ""): n.attributes.get("nicename", "") for n in item.all("category")}
    return Article(
        key=key,
        title=item.get("title"),
        html=html,
        breaks="<!-- wp:" not in html,
        slug=unquote(item.get("wp:post_name")),
        standfirst=text_of(item.get("excerpt:encoded"), breaks=True),
        language=others.get(_LANGUAGE, "") or facts.language,
        sister=others.get(_SISTERS, ""),
        is_live=item.get("wp:status") == "publish" and not item.get("wp:post_password"),
        published_at=created,
        updated_at=moment(item.get("wp:post_modified_gmt")),
        authors=tuple(filter(None, [item.get("dc:creator")])),
        section=sections[0] if sections else "",
        topics=tuple(topics),
        main_image=meta.get("_thumbnail_id", ""),
        takes_comments=item.get("wp:comment_status") != "closed",
        addresses=tuple(dict.fromkeys(_addresses(item, meta, facts.folder))),
        notes=(*notes, *_notes(item)),
    )


def _terms(item: Node, *, categories_are_topics: bool) -> tuple[list[str], list[str]]:
    """Return the keys of the sections of *item* and of its topics."""
    found = list(terms_of(item))
    categories = [f"{kind}:{slug}" for kind, slug, _name in found if kind == CATEGORY]
    tags = [f"{kind}:{slug}" for kind, slug, _name in found if kind == TAG]
    if categories_are_topics:
        return [], categories + tags
    return categories[:1], [f"topic-of-{key}" for key in categories[1:]] + tags


def _addresses(item: Node, meta: dict[str, str], folder: str) -> Iterator[str]:
    link, key = path_of(item.get("link")), item.get("wp:post_id")
    if link not in {"", "/"}:
        yield link
    yield f"{folder}/?{'page_id' if item.get('wp:post_type') == 'page' else 'p'}={key}"
    if "?" not in link and meta.get("_wp_old_slug"):
        yield f"{link.rstrip('/').rpartition('/')[0]}/{meta['_wp_old_slug']}/"


def _meta(item: Node) -> dict[str, str]:
    return {node.get("wp:meta_key"): node.get("wp:meta_value") for node in item.all("wp:postmeta")}


def _notes(item: Node) -> Iterator[Note]:
    status, meta = item.get("wp:status"), _meta(item)
    if status == "future":
        yield Note(SCHEDULED, item.get("wp:post_date_gmt"), is_lost=False)
    if status == "private" or item.get("wp:post_password"):
        yield Note(PRIVATE, status, is_lost=False)
    if item.get("wp:is_sticky") == "1":
        yield Note(FIELD_LEFT_OUT, "is_sticky", is_lost=False)
    known = {"category", "tag", "post_tag", _LANGUAGE, _SISTERS, ""}
    others = [node for node in item.all("category") if node.attributes.get("domain", "") not in known]
    yield from (Note(FIELD_LEFT_OUT, node.attributes["domain"], node.text) for node in others)
    yield from (Note(FIELD_LEFT_OUT, name, value) for name, value in meta.items() if not name.startswith("_"))
    rest = {name: value for name, value in meta.items() if name.startswith("_") and name not in _OWN_META}
    if rest:
        yield Note(FIELD_LEFT_OUT, ", ".join(sorted(rest)), json.dumps(rest, ensure_ascii=False), is_lost=False)


def lost_of(item: Node) -> Lost:
    """Return an item that has no place here."""
    said = {node.name: node.text for node in item.below if not node.below and node.text}
    what = item.get("wp:post_type") if item.get("wp:status") != "trash" else "trash"
    key = item.get("wp:post_id") or item.get("guid") or item.get("link")
    return Lost(key=f"item:{key}", notes=(Note(KIND_LEFT_OUT, what, json.dumps(said, ensure_ascii=False)),))


def comments_of(item: Node, facts: Facts, *, by_address: bool = False) -> Iterator[Comment | Lost]:
    """Yield what readers said under *item*; *by_address*: it is found by where it stood."""
    for node in item.all("wp:comment"):
        key = node.get("wp:comment_id")
        if node.get("wp:comment_type") in _NOT_COMMENTS:
            said = f"{node.get('wp:comment_author')}: {node.get('wp:comment_content')}"
            note = Note(KIND_LEFT_OUT, node.get("wp:comment_type"), said)
            yield Lost(key=f"comment:{key}", notes=(note,))
            continue
        parent = node.get("wp:comment_parent")
        yield Comment(
            key=key,
            article="" if by_address else item.get("wp:post_id"),
            address=path_of(item.get("link")) if by_address else "",
            parent="" if parent == "0" else parent,
            text=text_of(node.get("wp:comment_content"), breaks=True),
            name=node.get("wp:comment_author"),
            email=node.get("wp:comment_author_email"),
            language=facts.language.partition("-")[0],
            state=_STATES.get(node.get("wp:comment_approved"), Said.HELD),
            created_at=moment(node.get("wp:comment_date_gmt")) or moment(node.get("wp:comment_date")),
        )
