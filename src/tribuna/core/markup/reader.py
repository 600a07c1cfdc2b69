"""Reads HTML tag by tag and hands over the pieces."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape
from html.parser import HTMLParser

from tribuna.core.markup.paragraphs import Paragraphs
from tribuna.core.markup.pieces import Embed, Gallery, Heading, Lost, Picture, Piece, Quote, Table, Text
from tribuna.core.markup.tables import Rows

_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i"}
_TEXT = {*(_INLINE.keys() - {"cite"}), "a", "ul", "ol", "li", "br"}
_PLAIN = {"span", "font", "abbr", "acronym", "label", "time", "bdi", "bdo", "q", "var", "wbr", "nobr"}
_BLOCKS = {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "center", "address", "nav"),
    *("dl", "dt", "dd", "details", "summary", "body", "html", "hgroup", "noscript", "fieldset", "legend"),
}
_SINKS = {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "cite"}
_SWALLOWED = {"script", "style", "form", "select", "textarea", "object", "svg", "canvas", "head", "template", "math"}
_GONE = {"input", "button", "link", "meta", "base", "map", "area", "param", "track", "applet"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_BARE_ADDRESS = re.compile(r"\s*(https?://[^\s<>\"]+)\s*")
_DYNAMIC = re.compile(r"\s*wp:([a-z0-9/-]+)\b.*/\s*", re.DOTALL)
_MOST_DEEP = 200  # tags within tags; what is deeper is nobody's writing


class Reader(HTMLParser):
    """One body, being read. *breaks*: an empty line begins a paragraph and a line's end is one (as in WordPress)."""

    def __init__(self, *, breaks: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.text = Paragraphs(breaks=breaks)
        self._open: list[str] = []
        self._swallowed: list[str] = []
        self._gone: list[str] = []
        self._rows: Rows | None = None
        self._sinks: list[tuple[str, list[str]]] = []  # headings, captions, quotations: words that are no paragraphs
        self._cited = ""
        self._figures: list[int] = []

    # --- what the parser says -----------------------------------------------------------------------------------------
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what *tag* begins."""
        if self._gone or tag in _SWALLOWED:
            self._swallow(tag)
            return
        if tag not in _VOID and len(self._open) < _MOST_DEEP:
            self._open.append(tag)
        self._begin(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """End it, and whatever was left open within."""
        if self._gone:
            self._spit(tag)
        elif tag in self._open:
            while (last := self._open.pop()) != tag:
                self._end(last)
            self._end(tag)
        elif tag == "p":
            self.text.break_off()

    def handle_data(self, data: str) -> None:
        """Take words to where they belong."""
        if self._gone:
            self._swallowed.append(escape(data))
        elif self._sinks:
            self._sinks[-1][1].append(data)
        elif self._rows is not None:
            self._rows.say(data)
        else:
            self.text.say(data, is_literal="pre" in self._open)

    def handle_comment(self, data: str) -> None:
        """Notice the blocks that WordPress fills in itself, and its page breaks."""
        dynamic = _DYNAMIC.fullmatch(data)
        if dynamic:
            self._lose(dynamic[1], f"<!--{data}-->")
        elif data.strip() == "nextpage":
            self._lose("nextpage", "<!--nextpage-->", is_form=True)

    def close(self) -> None:
        """End whatever is still open."""
        super().close()
        if self._gone:
            self._lose(self._gone[0], "".join(self._swallowed))
            self._gone = []
        while self._open:
            self._end(self._open.pop())
        self._settle()

    # --- what is not kept ---------------------------------------------------------------------------------------------
    def _swallow(self, tag: str) -> None:
        self._swallowed.append(self.get_starttag_text() or "")
        if tag not in _VOID:
            self._gone.append(tag)

    def _spit(self, tag: str) -> None:
        self._swallowed.append(f"</{tag}>")
        if tag in self._gone:
            while self._gone.pop() != tag:
                pass
        if not self._gone:
            self._lose(tag, "".join(self._swallowed))
            self._swallowed = []

    def _lose(self, name: str, original: str, *, is_form: bool = False) -> None:
        self.pieces.append(Lost(name, original, is_form))

    # --- what is ------------------------------------------------------------------------------------------------------
    def _settle(self) -> None:
        """Hand over the paragraphs so far; a line that is only an address is a video or the like."""
        for html in self.text.taken():
            bare = _BARE_ADDRESS.fullmatch(html.removeprefix("<p>").removesuffix("</p>"))
            last = self.pieces[-1] if self.pieces else None
            if bare:
                self.pieces.append(Embed(unescape(bare[1])))
            elif isinstance(last, Text):
                self.pieces[-1] = Text(last.html + html)
            else:
                self.pieces.append(Text(html))

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        begin = _BEGINNINGS.get(tag)
        if begin is not None:
            begin(self, values)
        elif tag in _TEXT:
            self._begin_text(tag, values)
        elif tag in _BLOCKS:
            self._break_off()
        elif tag in _GONE:
            self._lose(tag, self.get_starttag_text() or tag)
        elif tag in Rows.TAGS and self._rows is not None:
            self._rows.begin(tag)
        elif tag not in _PLAIN:
            self._lose(tag, self.get_starttag_text() or tag, is_form=True)

    def _break_off(self) -> None:
        if self._sinks:
            self._sinks[-1][1].append("\n\n")
        elif self._rows is not None:
            self._rows.say(" ")
        else:
            self.text.break_off()

    def _begin_text(self, tag: str, values: dict[str, str]) -> None:
        if self._sinks or self._rows is not None:
            self.handle_data("\n" if tag == "br" else " " if tag == "li" else "")
        elif tag == "br":
            self.text.line()
        elif tag == "a":
            self.text.link(values.get("href", ""))
        elif tag in _INLINE:
            self.text.begin(_INLINE[tag])
        else:
            self.text.begin_list(tag)

    def _end(self, tag: str) -> None:
        if tag in _SINKS and self._sinks and self._sinks[-1][0] == tag:
            self._drain(tag, "".join(self._sinks.pop()[1]))
        elif tag == "table" and self._rows is not None:
            self._end_table()
        elif tag == "figure":
            self._end_figure()
        elif tag in _BLOCKS or tag == "pre":
            self._break_off()
        elif not self._sinks and self._rows is None and tag in _TEXT | {"cite"}:
            (self.text.end_list if tag in {"ul", "ol", "li"} else self.text.end)(_INLINE.get(tag, tag))

    # --- words of their own -------------------------------------------------------------------------------------------
    def _drain(self, tag: str, said: str) -> None:
        """Hand over what was said within *tag*."""
        paragraphs = (" ".join(each.split()) for each in said.split("\n\n"))
        words = "\n\n".join(each for each in paragraphs if each)
        if tag == "cite":
            self._cited = words
        elif self._sinks and words:  # such as a heading in a quotation
            self._sinks[-1][1].append(f"\n\n{words}\n\n")
        elif tag == "blockquote":
            self._end_quote(words)
        elif tag == "figcaption":
            self._end_caption(words)
        elif words and self._rows is not None:
            self._rows.say(f" {words} ")
        elif words:
            self._settle()
            self.pieces.append(Heading(" ".join(words.split())))

    def _end_quote(self, words: str) -> None:
        cited, self._cited = self._cited, ""
        if words or cited:
            self._settle()
            self.pieces.append(Quote(words, cited) if words else Quote(cited))

    def _end_caption(self, words: str) -> None:
        last = self.pieces[-1] if self.pieces else None
        words = " ".join(words.split())
        if isinstance(last, Picture) and not last.caption:
            self.pieces[-1] = replace(last, caption=words)
        elif isinstance(last, Embed) and not last.title:
            self.pieces[-1] = replace(last, title=words)
        elif words:
            self.text.say(words, is_literal=False)
            self.text.break_off()

    def _begin_sink(self, tag: str) -> None:
        if not self._sinks and self._rows is None:
            self._settle()
        self._sinks.append((tag, []))

    def _begin_cite(self) -> None:
        if any(name == "blockquote" for name, _said in self._sinks):
            self._begin_sink("cite")
        elif not self._sinks and self._rows is None:
            self.text.begin("i")

    # --- pictures and the like ----------------------------------------------------------------------------------------
    def _add(self, piece: Piece) -> None:
        """Put *piece* between what came before and what follows; out of a table or quotation it stands before it."""
        if not self._sinks and self._rows is None:
            self._settle()
        self.pieces.append(piece)

    def _begin_picture(self, values: dict[str, str]) -> None:
        src = (values.get("data-src") or values.get("src", "")).strip()
        if src.startswith("data:") or not src:
            self._lose("img", self.get_starttag_text() or "")
        else:
            self._add(Picture(src, values.get("alt", "").strip()))

    def _begin_frame(self, values: dict[str, str]) -> None:
        src = values.get("src", "").strip()
        url = f"https:{src}" if src.startswith("//") else src
        if url.startswith(("http://", "https://")):
            self._add(Embed(url, values.get("title", "").strip()))
        elif url or self._open[-1:] == ["iframe"]:
            self._lose("iframe", self.get_starttag_text() or "")

    def _begin_figure(self) -> None:
        self._break_off()
        self._settle()
        self._figures.append(len(self.pieces))

    def _end_figure(self) -> None:
        """Several pictures in one figure are a gallery."""
        first = self._figures.pop()
        self._settle()
        shown = [piece for piece in self.pieces[first:] if isinstance(piece, Picture)]
        if len(shown) > 1:
            others = [piece for piece in self.pieces[first:] if not isinstance(piece, Picture)]
            self.pieces[first:] = [Gallery(tuple(shown)), *others]

    def _begin_table(self) -> None:
        if self._rows is None:
            self._settle()
            self._rows = Rows()
        else:
            self._lose("table", self.get_starttag_text() or "", is_form=True)

    def _end_table(self) -> None:
        if "table" in self._open or self._rows is None:
            return
        rows, has_head = self._rows.taken()
        self._rows = None
        if rows:
            self.pieces.append(Table(rows, has_head))

    def _begin_rule(self) -> None:
        self._break_off()
        self._lose("hr", "<hr>", is_form=True)


def _sink(tag: str) -> Callable[[Reader, dict[str, str]], None]:
    return lambda reader, _values: reader._begin_sink(tag)


_BEGINNINGS: dict[str, Callable[[Reader, dict[str, str]], None]] = {
    **{tag: _sink(tag) for tag in _SINKS - {"cite"}},
    "cite": lambda reader, _values: reader._begin_cite(),
    "img": Reader._begin_picture,
    **dict.fromkeys(("iframe", "embed", "video", "audio", "source"), Reader._begin_frame),
    "figure": lambda reader, _values: reader._begin_figure(),
    "table": lambda reader, _values: reader._begin_table(),
    "hr": lambda reader, _values: reader._begin_rule(),
    "pre": lambda reader, _values: reader._break_off(),
}


def pieces_of(html: str, *, breaks: bool = False) -> list[Piece]:
    """Return what *html* is made of, in order; of *breaks* see ``Reader``."""
    reader = Reader(breaks=breaks)
    reader.feed(html.replace("\0", ""))
    reader.close()
    return reader.pieces
