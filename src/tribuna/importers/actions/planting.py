"""Many pages at once: two rows for each, a place in the tree, a slug of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.text import slugify
from wagtail.models import Page

from tribuna.newsroom.models.pages import RESERVED_SLUGS

ROWS_AT_ONCE = 200
SLUG_CHARACTERS = 200
_HOME_DEPTH = 2


def plant(parent: Page, pages: Sequence[Page]) -> None:
    """Store *pages*, new ones of one model with title and locale, as the last children of *parent*.

    Belongs into a transaction. Slugs that are taken, or missing, are made anew; nobody is told of the pages.
    """
    if not pages:
        return
    above = Page.objects.select_for_update().get(pk=parent.pk)
    model = type(pages[0])
    find_slugs(above, pages)
    step = _last_step(above)
    for number, page in enumerate(pages, step + 1):
        page.path = Page._get_path(above.path, above.depth + 1, number)
        page.depth, page.numchild = above.depth + 1, 0
        page.url_path = f"{above.url_path}{page.slug}/"
        page.content_type = ContentType.objects.get_for_model(model)
        page.draft_title = page.draft_title or page.title
        page.translation_key = page.translation_key or uuid4()
    for some in batched(pages, ROWS_AT_ONCE):
        _insert(model, some)
    Page.objects.filter(pk=above.pk).update(numchild=F("numchild") + len(pages))


def _last_step(above: Page) -> int:
    last = Page.objects.child_of(above).order_by("-path").values_list("path", flat=True).first()
    return Page._str2int(last[-Page.steplen :]) if last else 0


def _insert(model: type[Page], pages: Sequence[Page]) -> None:
    """Django makes no rows of several tables at once; each of them it does."""
    fields = [field for field in Page._meta.local_concrete_fields if not field.primary_key]
    bare = Page.objects.bulk_create(
        [Page(**{field.attname: getattr(page, field.attname) for field in fields}) for page in pages]
    )
    for page, made in zip(pages, bare, strict=True):
        page.pk = page.id = made.pk
        page._state.adding = False
    rows: Any = model._base_manager.all()
    rows._insert(list(pages), fields=model._meta.local_concrete_fields, raw=True, using=rows.db)


def find_slugs(above: Page, pages: Sequence[Page]) -> None:
    """Give each page a slug that no other child of *above* has."""
    wished = [_slug(page) for page in pages]
    children = Page.objects.child_of(above)
    taken = set(children.filter(slug__in=wished).values_list("slug", flat=True))
    if above.depth == _HOME_DEPTH:
        taken |= RESERVED_SLUGS
    for page, wish in zip(pages, wished, strict=True):
        page.slug, number = wish, 1
        while page.slug in taken or (number > 1 and children.filter(slug=page.slug).exists()):
            number += 1
            page.slug = f"{wish}-{number}"
        taken.add(page.slug)


def _slug(page: Page) -> str:
    made = slugify(page.slug, allow_unicode=True) or slugify(page.title, allow_unicode=True)
    return made[:SLUG_CHARACTERS].strip("-_") or "page"
