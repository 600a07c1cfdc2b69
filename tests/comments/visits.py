"""What a reader's browser does with the form."""

from __future__ import annotations

import re
from typing import Any

ANSWERS = {"en": "green", "es": "verde"}


def form_url(page: Any, interface: str = "en") -> str:
    """Return where a comment on *page* is written."""
    return f"/{interface}/articles/{page.pk}/comments/new/"


def token_in(response: Any) -> str:
    """Return the token of the form that came."""
    return re.search(r'name="token" value="([^"]+)"', response.text)[1]


def written(client: Any, page: Any, interface: str = "en", **fields: Any) -> dict[str, Any]:
    """Return what a reader sends who opened the form and filled it in."""
    token = token_in(client.get(form_url(page, interface)))
    return {"token": token, "answer": ANSWERS[interface], "name": "Ana", "language": "en", "text": "Good.", **fields}


def sent(client: Any, page: Any, interface: str = "en", headers: dict[str, str] | None = None, **fields: Any) -> Any:
    """Return the answer to a comment."""
    return client.post(form_url(page, interface), written(client, page, interface, **fields), headers=headers)
