"""Running text: paragraphs, lists, and what is bold, slanted or a link in them."""

from __future__ import annotations

import re
from html import escape

from tribuna.core.markup.pieces import is_safe_address

_BLANKS = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # all but a single blank, which stays
_BLANKS_OF_A_LINE = re.compile(r"[ \t\r\f]{2,}|[\t\r\f]")
_EMPTY = re.compile(r"<(b|i|a)(?: href=\"[^\"]*\")?>(\s|<br/>)*</\1>")
_BEGINNING = re.compile(r"(?:\s|<br/>)+")
_LINE = "<br/>"


class Paragraphs:
    """Collects text and hands it over as safe HTML, a paragraph or a list at a time."""

    def __init__(self, *, breaks: bool) -> None:
        self._breaks = breaks
        self._done: list[str] = []
        self._line: list[str] = []
        self._marks: list[tuple[str, str]] = []  # the name of what is open, and the tag that opens it again
        self._lists: list[str] = []
        self._in_item: list[bool] = []
        self._items: list[str] = []

    def say(self, data: str, *, is_literal: bool) -> None:
        """Add words. Their line ends are blanks, unless they are literal or mean something."""
        if is_literal:
            self._line.append(escape(data, quote=False).replace("\n", _LINE))
        elif self._breaks and "\n" in data and not self._lists:
            paragraphs = re.split(r"\n[ \t\r]*\n\s*", data.replace("\r\n", "\n"))
            for number, paragraph in enumerate(paragraphs):
                if number:
                    self.break_off()
                self._line.append(escape(_blanked(paragraph), quote=False).replace("\n", _LINE))
        else:
            self._line.append(escape(_BLANKS.sub(" ", data), quote=False))

    def line(self) -> None:
        """End a line within the paragraph."""
        self._line.append(_LINE)

    def link(self, href: str) -> None:
        """Begin a link; one that leads nowhere safe is only its words."""
        tag = f'<a href="{escape(href.strip())}">' if is_safe_address(href) else ""
        self._open("a", tag)

    def begin(self, mark: str) -> None:
        """Begin what is marked as ``b`` or ``i``."""
        self._open(mark, f"<{mark}>" if (mark, f"<{mark}>") not in self._marks else "")

    def _open(self, mark: str, tag: str) -> None:
        self._marks.append((mark, tag))
        self._line.append(tag)

    def end(self, mark: str) -> None:
        """End it."""
        place = next((at for at in reversed(range(len(self._marks))) if self._marks[at][0] == mark), None)
        if place is None:
            return
        after = self._marks[place + 1 :]
        self._line += [_closing(each) for each in reversed(self._marks[place:])]
        self._line += [tag for _mark, tag in after]
        self._marks[place:] = after

    def break_off(self) -> None:
        """End the paragraph, or the text of this item of a list."""
        html = self._taken_line()
        if html and self._lists:
            self._open_item()
            self._items.append(html if self._items[-1] == "<li>" else _LINE + html)
        elif html:
            self._done.append(f"<p>{html}</p>")

    def _taken_line(self) -> str:
        closing = [_closing(each) for each in reversed(self._marks)]
        html = "".join([*self._line, *closing])
        while (shorter := _trimmed(_EMPTY.sub("", html))) != html:
            html = shorter
        self._line = [tag for _mark, tag in self._marks]
        return html

    def begin_list(self, tag: str) -> None:
        """Begin a list, or an item of one; an item outside of all lists begins one."""
        self.break_off()
        if tag != "li":
            self._lists.append(tag)
            self._in_item.append(False)
            self._items.append(f"<{tag}>")
            return
        if not self._lists:
            self.begin_list("ul")
        self._close_item()
        self._open_item()

    def _open_item(self) -> None:
        if not self._in_item[-1]:
            self._items.append("<li>")
            self._in_item[-1] = True

    def _close_item(self) -> None:
        if self._in_item[-1]:
            self._items.append("</li>")
            self._in_item[-1] = False

    def end_list(self, tag: str) -> None:
        """End it."""
        if not self._lists:
            return
        self.break_off()
        self._close_item()
        if tag == "li":
            return
        self._in_item.pop()
        self._items.append(f"</{self._lists.pop()}>")
        if not self._lists:
            self._finish()

    def _finish(self) -> None:
        html = "".join(self._items)
        self._items = []
        if re.sub(r"<[^>]*>", "", html).strip():
            self._done.append(html)

    def taken(self) -> list[str]:
        """Return what there is, and begin anew; lists that are still open go on after it."""
        while self._lists:
            self.end_list(self._lists[-1])
        self.break_off()
        done, self._done = self._done, []
        return done


def _closing(mark: tuple[str, str]) -> str:
    return f"</{mark[0]}>" if mark[1] else ""


def _trimmed(html: str) -> str:
    """Return *html* without blanks and line ends around it, in one pass however many there are."""
    found, end = _BEGINNING.match(html), len(html)
    begin = found.end() if found else 0
    while end > begin and ((is_blank := html[end - 1].isspace()) or html.endswith(_LINE, begin, end)):
        end -= 1 if is_blank else len(_LINE)
    return html[begin:end]


def _blanked(text: str) -> str:
    return _BLANKS_OF_A_LINE.sub(" ", text)
