"""Texts of several blocks as HTML."""

from __future__ import annotations

from typing import Any

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue


def prose(body: StreamValue, context: Context) -> str:
    """Return the *body*, block by block; most are paragraphs, which need no template."""
    return "\n".join(
        conditional_escape(block.value) if block.block_type == "paragraph" else _block(block, context) for block in body
    )


def _block(block: Any, context: Context) -> SafeString:
    template: Template = get_template(block.block.meta.template).template  # type: ignore[attr-defined]
    with context.push(value=block.value):
        return template.render(context)
