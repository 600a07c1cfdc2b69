"""A client with cookies, and a form as it comes out of a page: everything an attacker's script has at hand."""

from __future__ import annotations

import html
import http.client
import re
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from bench.readers import TIMEOUT_SECONDS, Answer

_INPUT = re.compile(r"<(?:input|textarea)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)"|=([^\s>"]+))?')
_PICTURE = re.compile(r'<img[^>]*?src="([^"]+)"')


class Client:
    """One visitor, from the network of its *number*, with a connection that is opened again when it was closed."""

    def __init__(self, address: str, number: int = 0) -> None:
        self.address, self.cookies = address, dict[str, str]()
        parts = urlsplit(address)
        source = (f"127.{number // 250 % 250 + 1}.{number % 250 + 1}.1", 0)
        self._connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS, source_address=source
        )

    def get(self, path: str) -> Answer:
        """Fetch *path*."""
        try:
            return self._ask("GET", path, None, {})
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):  # it was kept too long
            self._connection.close()
            return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send *fields* to *path* as a form does, on a fresh connection."""
        self._connection.close()
        named = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, urlencode(fields), named)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for line in answer.headers.get_all("set-cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def key_of(source: str) -> str:
    """Return by what the picture with this *source* is known among the answers."""
    return sha256(source.encode()).hexdigest()[:24]


@dataclass(slots=True)
class Form:
    """What a page asks for: its fields with their values, the names of the empty ones, its first picture."""

    client: Client
    fields: dict[str, str] = field(default_factory=dict)
    picture: str = ""


def form_in(client: Client, page: str) -> Form:
    """Return the form of *page* that *client* has been shown."""
    found = Form(client)
    start = page.find("<form", page.find("human-check") - 20_000 if "human-check" in page else 0)
    for tag in _INPUT.findall(page[max(0, start) :]):
        said = {name: html.unescape(quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(tag)}
        if "name" in said and said.get("type") not in {"submit", "button", "search"}:
            found.fields.setdefault(said["name"], said.get("value", ""))
    pictures = [source for source in _PICTURE.findall(page) if source.startswith("data:") or "captcha" in source]
    found.picture = html.unescape((pictures or _PICTURE.findall(page) or [""])[-1])
    return found
