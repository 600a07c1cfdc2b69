"""Collects the words of the interface from the code and the templates, and keeps their translations.

``./dev messages`` brings ``src/tribuna/locale/*/LC_MESSAGES/django.po`` up to date and compiles the ``.mo`` beside
each. It needs no GNU gettext. The output carries no dates and no line numbers: the same words give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from operator import attrgetter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("src/tribuna/locale")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Spanish says everything. The other languages a story may be written in say what stands inside a story.
WHOLE = ("es",)
STORY_ONLY = ("fr", "pt", "ar")
INSIDE_A_STORY = re.compile(r"{% instory .*?{% endinstory %}", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sdif]|\{(\w+)\}")

Key = tuple[str | None, str]


class Book(Catalog):
    """A catalogue whose header says only what gettext needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def key(message: Message) -> Key:
    """Return what tells *message* apart: its context and its (singular) id."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _place(message: Message) -> tuple[str, str]:
    """Where in the catalogue *message* stands."""
    context, text = key(message)
    return text, context or ""


def _as_python(template: str) -> str:
    """Return the calls to gettext that *template* stands for, one level deep so that Python's tokenizer reads them."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _sources(root: Path) -> Iterator[Path]:
    for path in sorted((root / "src").rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            yield path


def words_in(root: Path, language: str) -> Catalog:
    """Return every message that the files under *root*/src say in *language*, with the files they stand in."""
    words = Catalog()
    for path in _sources(root):
        text = path.read_text(encoding="utf-8")
        if language in STORY_ONLY:
            text = "\n".join(INSIDE_A_STORY.findall(text))
        code = text if path.suffix == ".py" else _as_python(text)
        name = path.relative_to(root).as_posix()
        found = extract("python", BytesIO(code.encode()), KEYWORDS, ("Translators:",), strip_comment_tags=True)
        for _line, message, comments, context in found:
            words.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return words


def catalogue_path(root: Path, language: str) -> Path:
    """Return where the catalogue of *language* stands."""
    return root / LOCALE / language / "LC_MESSAGES" / "django.po"


def catalogue(root: Path, language: str) -> Catalog:
    """Return the catalogue of *language* as it stands; an empty one where there is none."""
    path = catalogue_path(root, language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def brought_up_to_date(words: Catalog, old: Catalog) -> Catalog:
    """Return *words* with the translations of *old*; what nobody says any more is left out, nothing is guessed."""
    language = str(old.locale)
    known = {key(message): message for message in old if message.id}
    new = Book(locale=language)
    for message in sorted(filter(attrgetter("id"), words), key=_place):
        before = known.get(key(message))
        same_form = before is not None and before.pluralizable == message.pluralizable and not before.fuzzy
        new.add(
            message.id,
            before.string if before is not None and same_form else None,
            locations=sorted({(name, 0) for name, _line in message.locations}),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before is not None else (),
            context=message.context,
        )
    return new


def as_po(book: Catalog) -> bytes:
    """Return the text of the catalogue, always the same for the same words."""
    out = BytesIO()
    write_po(out, book, width=100, include_lineno=False, ignore_obsolete=True)
    header, separator, rest = out.getvalue().partition(b'msgid ""\n')
    del header  # Babel's own lines about copyright and the year
    return separator + rest.rstrip(b"\n") + b"\n"


def as_mo(book: Catalog) -> bytes:
    """Return the compiled catalogue."""
    out = BytesIO()
    write_mo(out, book)
    return out.getvalue()


def untranslated(book: Catalog) -> list[str]:
    """Return the ids that *book* has no words for yet."""
    missing = []
    for message in book:
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if message.id and not all(strings):
            missing.append(key(message)[1])
    return missing


def main() -> int:
    """Bring every catalogue up to date, say what is missing, and return 1 when something is."""
    status = 0
    for language in (*WHOLE, *STORY_ONLY):
        book = brought_up_to_date(words_in(ROOT, language), catalogue(ROOT, language))
        path = catalogue_path(ROOT, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(book))
        path.with_suffix(".mo").write_bytes(as_mo(book))
        missing = untranslated(book)
        print(f"{language}: {len(book)} messages, {len(missing)} without translation")
        for message in missing:
            print(f"    {message}")
        status |= bool(missing)
    return status


if __name__ == "__main__":
    sys.exit(main())
