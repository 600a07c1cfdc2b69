"""What has to be known of an export before its first story: who wrote, which terms there are, where files stood."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from tribuna.importers.base import PARENT_TERM, Author, Note, Term
from tribuna.importers.sources.wordpress.wxr import Node

CATEGORY, TAG = "category", "tag"
_NO_NAME = re.compile(r"[^a-z0-9 _-]")
_DOMAINS = {"category": CATEGORY, "tag": TAG, "post_tag": TAG}


@dataclass(slots=True)
class Facts:
    """The first reading of an export."""

    base: str = ""
    language: str = ""
    total: int = 0
    authors: dict[str, Author] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # the id of each term that says one
    parents: dict[str, str] = field(default_factory=dict)  # the slug of the category above each
    pictures: dict[str, str] = field(default_factory=dict)  # the address of each attachment by its id
    children: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    extra: set[str] = field(default_factory=set)  # categories of stories that stand in another one

    def learn(self, nodes: Iterable[Node]) -> None:
        """Read all *nodes*."""
        for node in nodes:
            if node.name == "item":
                self._learn_item(node)
            elif node.name == "wp:author":
                names = (node.get("wp:author_login"), node.get("wp:author_display_name"))
                self._add_author(*names, number=node.get("wp:author_id"))
            elif node.name in {"wp:category", "wp:tag", "wp:term"}:
                self._learn_term(node)
            elif node.name == "language":
                self.language = self.language or node.text
            else:
                self.base = node.text if node.name == "wp:base_blog_url" else self.base or node.text

    @property
    def folder(self) -> str:
        """The path that the blog stood below, without a last slash; empty for one that had a host of its own."""
        return path_of(self.base).partition("?")[0].rstrip("/")

    def _add_author(self, login: str, name: str = "", *, number: str = "") -> None:
        if login and login not in self.authors:
            paths = [f"/author/{each}/" for each in (login.lower(), _name_in_address(login)) if each]
            paths += [f"/?author={number}"] if number else []
            addresses = tuple(f"{self.folder}{path}" for path in dict.fromkeys(paths))
            self.authors[login] = Author(key=login, name=name or login, addresses=addresses)

    def _learn_term(self, node: Node) -> None:
        if node.name == "wp:category":
            kind, slug, name = CATEGORY, node.get("wp:category_nicename"), node.get("wp:cat_name")
            about, parent = node.get("wp:category_description"), node.get("wp:category_parent")
        elif node.name == "wp:tag":
            kind, slug, name = TAG, node.get("wp:tag_slug"), node.get("wp:tag_name")
            about, parent = node.get("wp:tag_description"), ""
        else:
            kind, slug = _DOMAINS.get(node.get("wp:term_taxonomy"), ""), node.get("wp:term_slug")
            name, about, parent = node.get("wp:term_name"), node.get("wp:term_description"), node.get("wp:term_parent")
        if kind:
            self._add_term(kind, slug, name, about, parent)
            self.numbers.setdefault(f"{kind}:{slug}", node.get("wp:term_id"))

    def _add_term(self, kind: str, slug: str, name: str, about: str = "", parent: str = "") -> None:
        key = f"{kind}:{slug}"
        if slug and key not in self.terms:
            self.parents[key] = parent
            self.terms[key] = Term(
                key=key,
                name=name or unquote(slug),
                slug=unquote(slug),
                description=about,
                is_section=kind == CATEGORY,
                notes=(Note(PARENT_TERM, parent, is_lost=False),) if parent else (),
            )

    def _learn_item(self, item: Node) -> None:
        self.total += 1 + len(item.all("wp:comment"))
        if item.get("wp:post_type") == "attachment":
            self.pictures[item.get("wp:post_id")] = item.get("wp:attachment_url") or item.get("guid")
            self.children[item.get("wp:post_parent")].append(item.get("wp:post_id"))
            return
        self._add_author(item.get("dc:creator"))
        terms = list(terms_of(item))
        for kind, slug, name in terms:
            self._add_term(kind, slug, name)
        self.extra.update([f"{kind}:{slug}" for kind, slug, _name in terms if kind == CATEGORY][1:])

    def records(self, *, categories_are_topics: bool) -> Iterator[Author | Term]:
        """Yield authors and terms. A category that is only one of several of a story is a topic as well."""
        yield from self.authors.values()
        for key, term in self.terms.items():
            is_section = term.is_section and not categories_are_topics
            yield replace(term, is_section=is_section, addresses=tuple(self._addresses(key)))
            if is_section and key in self.extra:
                yield replace(term, key=f"topic-of-{key}", is_section=False, notes=())

    def _addresses(self, key: str) -> Iterator[str]:
        """Yield where a term stood: below those above it, alone, and by its number."""
        kind, _colon, slug = key.partition(":")
        above, steps = self.parents[key], [slug]
        while above and above not in steps:
            steps.insert(0, above)
            above = self.parents.get(f"{kind}:{above}", "")
        for path in dict.fromkeys(("/".join(steps), slug)):
            yield f"{self.folder}/{kind}/{path}/"
        if kind == TAG:
            yield f"{self.folder}/?tag={slug}"
        elif number := self.numbers.get(key):
            yield f"{self.folder}/?cat={number}"


def _name_in_address(login: str) -> str:
    """Return a *login* as WordPress writes it in addresses, unless somebody chose otherwise."""
    return re.sub(r"[ -]+", "-", _NO_NAME.sub("", login.lower().replace(".", "-"))).strip("-")


def terms_of(item: Node) -> Iterator[tuple[str, str, str]]:
    """Yield kind, slug and name of each category and tag of *item*, each once."""
    seen = set()
    for node in item.all("category"):
        kind, slug = _DOMAINS.get(node.attributes.get("domain", ""), ""), node.attributes.get("nicename", "")
        if kind and slug and (kind, slug) not in seen:
            seen.add((kind, slug))
            yield kind, slug, node.text


def path_of(address: str) -> str:
    """Return the path at *address* with what is asked, empty where there is none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path
