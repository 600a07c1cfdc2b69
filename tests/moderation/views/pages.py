"""How tests of the desk's pages read them."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.urls import reverse

from tribuna.comments.models import Comment

QUEUE = "/admin/comments/"
DECISIONS = "/admin/comments/decisions/"


def soup(response: HttpResponse) -> BeautifulSoup:
    """Return the page."""
    return BeautifulSoup(response.content, "html.parser")


def text_of(element: Tag) -> str:
    """Return what is read in *element*, each run of white space one blank."""
    return " ".join(element.get_text(" ").split())


def said(response: HttpResponse) -> list[str]:
    """Return the messages at the head of the page, without their buttons."""
    for button in (page := soup(response)).select(".messages form"):
        button.decompose()
    return [text_of(message) for message in page.select(".messages > ul > li")]


def decision_url(stored: Comment) -> str:
    """Return where a decision on a comment is sent."""
    return reverse("moderation:decision", args=[stored.pk])


def state(stored: Comment) -> str:
    """Return the state as it is stored."""
    return Comment.objects.get(pk=stored.pk).state
