"""WordPress's shortcodes: those with an answer here become HTML, the others are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from tribuna.importers.base import SHORTCODE_LEFT_OUT, SHORTCODE_UNSURE, Note

_CODE = re.compile(r"\[(/?)([a-zA-Z][\w-]*)((?:\s[^\[\]<>]*)?)(/?)\](?!\()")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_CAPTION = re.compile(r"\[(?:wp_)?caption([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_IMAGE = re.compile(r"((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", re.DOTALL)
_EMBED = re.compile(r"\[(embed|youtube|vimeo)[^\]]*\](.*?)\[/\1\]", re.DOTALL)
_CONTAINERS = "gallery", "playlist", "audio", "video", "embed"


def answered(html: str, *, pictures: Mapping[str, str], own: tuple[str, ...] = ()) -> tuple[str, list[Note]]:
    """Return *html* with its shortcodes answered, and notes of those that could not be.

    *pictures* has the addresses of attachments by their ids; *own* are those that belong to this story.
    """
    notes: list[Note] = []
    html = _EMBED.sub(lambda found: f"\n\n{found[2].strip()}\n\n", _CAPTION.sub(_captioned, html))
    closed = {found[2].lower() for found in _CODE.finditer(html) if found[1]}

    def answer(found: re.Match[str]) -> str:
        name, said = found[2].lower(), _attributes(found[3])
        known = _ANSWERS.get(name)
        if known is not None and not found[1]:
            result = known(said, pictures, own)
            if result:
                return result
        is_code = known is not None or name in closed or bool(said) or name in _CONTAINERS
        if not found[1] or not is_code:
            notes.append(Note(SHORTCODE_LEFT_OUT if is_code else SHORTCODE_UNSURE, name, found[0], is_lost=is_code))
        return "" if is_code else found[0]

    return _CODE.sub(answer, html), notes


def _captioned(found: re.Match[str]) -> str:
    image = _IMAGE.match(found[2].strip())
    words = _attributes(found[1]).get("caption", "") or (image[2].strip() if image else "")
    picture = image[1].strip() if image else found[2]
    return f"\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n"


def _attributes(text: str) -> dict[str, str]:
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(text)}


def _gallery(said: Mapping[str, str], pictures: Mapping[str, str], own: tuple[str, ...]) -> str:
    ids = [each for each in re.split(r"[\s,]+", said.get("ids", said.get("include", ""))) if each] or list(own)
    shown = "".join(f'<img src="{escape(pictures[each])}">' for each in ids if each in pictures)
    return f"\n\n<figure>{shown}</figure>\n\n" if shown else ""


def _player(said: Mapping[str, str], _pictures: Mapping[str, str], _own: tuple[str, ...]) -> str:
    names = ("src", "url", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "flv", "wmv")
    address = next((said[name] for name in names if said.get(name)), "")
    return f'\n\n<iframe src="{escape(address)}"></iframe>\n\n' if address.startswith(("http://", "https://")) else ""


_ANSWERS: dict[str, Callable[[Mapping[str, str], Mapping[str, str], tuple[str, ...]], str]] = {
    "gallery": _gallery,
    "audio": _player,
    "video": _player,
    "embed": _player,
}
