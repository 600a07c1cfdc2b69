"""Fills the reference: six sections, forty stories of eight paragraphs, fifty comments below each.

Run with the site's folder on the path: ``python seed.py``. It makes the tables first.
"""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any

STORIES = 40


def seed() -> None:
    """Make the database, and print the addresses of the stories."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    sections = _open_sections()
    picture = _picture()
    for number in range(STORIES):
        story = _story(sections[number % len(sections)], number, picture)
        _comments(story)
        print(story.get_url())


def _open_sections() -> list[Any]:
    from news.models import HomePage, SectionPage
    from wagtail.models import Page, Site

    from bench.inside import SECTIONS

    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="News", slug="news"))
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=home, is_default_site=True, site_name="News")
    return [home.add_child(instance=SectionPage(title=title, show_in_menus=True)) for title in SECTIONS]


def _story(section: Any, number: int, picture: Any) -> Any:
    from django.utils import timezone
    from news.models import ArticlePage

    from bench.prose import SENTENCE_WORDS, paragraphs, prose

    body = [("paragraph", f"<p>{words}</p>") for words in paragraphs(number)]
    story = ArticlePage(
        title=f"What the harbour will cost, part {number}",
        date=timezone.now(),
        intro=prose(f"standfirst {number}", SENTENCE_WORDS),
        main_image=picture,
        body=body,
    )
    return section.add_child(instance=story)


def _comments(story: Any) -> None:
    from news.models import Comment

    from bench.inside import COMMENTS
    from bench.prose import answered, remark

    said: list[Any] = []
    for number in range(COMMENTS):
        above = said[-answered(number)] if answered(number) else None
        comment = Comment.objects.create(page=story, parent=above, name=f"Reader {number}", text=remark(number))
        said.append(comment)


def _picture() -> Any:
    from django.core.files.base import ContentFile
    from PIL import Image
    from wagtail.images.models import Image as Picture

    file = BytesIO()
    Image.linear_gradient("L").resize((1600, 1000)).convert("RGB").save(file, "JPEG")
    return Picture.objects.create(file=ContentFile(file.getvalue(), "harbour.jpg"), title="Harbour")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
    import django

    django.setup()
    seed()
