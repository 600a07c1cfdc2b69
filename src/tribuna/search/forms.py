"""What a reader may ask with, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from tribuna.core.text import clean_line
from tribuna.newsroom.models import AuthorPage, TopicPage
from tribuna.newsroom.queries import sections_of
from tribuna.search.queries import Asked

MAXIMUM_CHARACTERS = 200
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_ISO = ["%Y-%m-%d"]


class SearchForm(forms.Form):
    """Words, and what they are narrowed down by. Sections, topics and authors are those of one language's tree."""

    q = forms.CharField(label=_("Words"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    topic = forms.CharField(label=_("Topic"), required=False, max_length=255)
    author = forms.CharField(label=_("Author"), required=False, max_length=255)
    language = forms.ChoiceField(label=_("Language of the story"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=_DAY, input_formats=_ISO)
    until = forms.DateField(label=_("To"), required=False, widget=_DAY, input_formats=_ISO)

    def __init__(self, data: Any, *, locale: Locale) -> None:
        super().__init__(data, prefix=None)
        self.locale = locale
        self.sections = {section.slug: section for section in sections_of(locale)}
        sections = [(slug, section.title) for slug, section in self.sections.items()]
        languages = [(code, _own_name(code)) for code in settings.TRIBUNA_STORY_LANGUAGES]
        for name, choices in (("section", sections), ("language", languages)):
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Return the words, of an endless line the beginning."""
        return clean_line(self.cleaned_data["q"])[:MAXIMUM_CHARACTERS].strip()

    def clean_topic(self) -> TopicPage | None:
        """Return the topic that is called so. Raises ValidationError."""
        return self._named(TopicPage, self.cleaned_data["topic"], _("There is no topic called “%(name)s”."))

    def clean_author(self) -> AuthorPage | None:
        """Return who is called so. Raises ValidationError."""
        return self._named(AuthorPage, self.cleaned_data["author"], _("There is no author called “%(name)s”."))

    def _named[P: (TopicPage, AuthorPage)](self, kind: type[P], name: str, message: Any) -> P | None:
        """Return the page of a *kind* whose title, or slug, is *name*; no accent or capital matters."""
        if not name:
            return None
        slugs = {name.lower(), slugify(name), slugify(name, allow_unicode=True)}
        pages = kind.objects.live().filter(locale=self.locale)
        page: P | None = pages.filter(slug__in=slugs).first() or pages.filter(title__iexact=name).first()
        if page is None:
            raise ValidationError(message, params={"name": name})
        return page

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return cleaned

    @property
    def asked(self) -> Asked:
        """What is asked for; to be read from a valid form."""
        said = self.cleaned_data
        return Asked(
            said["q"],
            self.sections.get(said["section"]),
            said["topic"],
            said["author"],
            said["language"],
            said["since"],
            said["until"],
        )


def _own_name(code: str) -> str:
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]
