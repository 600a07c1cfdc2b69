"""What has to be known of an export before its first story: who wrote, which terms there are, where files stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from tribuna.importers.base import PARENT_TERM, Author, Note, Term
from tribuna.importers.sources.wordpress.wxr import Node

CATEGORY, TAG = "category", "tag"
_DOMAINS = {"category": CATEGORY, "tag": TAG, "post_tag": TAG}


@dataclass(slots=True)
class Facts:
    """The first reading of an export."""

    base: str = ""
    language: str = ""
    total: int = 0
    authors: dict[str, Author] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)  # the address of each attachment by its id
    children: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    extra: set[str] = field(default_factory=set)  # categories of stories that stand in another one

    def learn(self, nodes: Iterable[Node]) -> None:
        """Read all *nodes*."""
        for node in nodes:
            if node.name == "item":
                self._learn_item(node)
            elif node.name == "wp:author":
                self._add_author(node.get("wp:author_login"), node.get("wp:author_display_name"))
            elif node.name in {"wp:category", "wp:tag", "wp:term"}:
                self._learn_term(node)
            elif node.name == "language":
                self.language = self.language or node.text
            else:
                self.base = node.text if node.name == "wp:base_blog_url" else self.base or node.text

    def _add_author(self, login: str, name: str = "") -> None:
        if login and login not in self.authors:
            path = f"/author/{login.lower()}/"
            self.authors[login] = Author(key=login, name=name or login, addresses=(path,))

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

    def _add_term(self, kind: str, slug: str, name: str, about: str = "", parent: str = "") -> None:
        key = f"{kind}:{slug}"
        if slug and key not in self.terms:
            self.terms[key] = Term(
                key=key,
                name=name or unquote(slug),
                slug=unquote(slug),
                description=about,
                is_section=kind == CATEGORY,
                addresses=(f"/{kind}/{slug}/",),
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
            yield replace(term, is_section=is_section)
            if is_section and key in self.extra:
                yield replace(term, key=f"topic-of-{key}", is_section=False, addresses=(), notes=())


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
