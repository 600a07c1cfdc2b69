"""What an editor says of an import: made from what its source asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tribuna.core.text import clean_line
from tribuna.importers.actions.questions import FILE, URL, Question, asked_besides, questions_of
from tribuna.importers.actions.uploads import folders_of_files
from tribuna.importers.base import Source
from tribuna.importers.models import NAME_MAX_CHARACTERS, Archive

ANSWER_MAX_CHARACTERS = 200
# What arguments are called. One of somebody else's source has its own name.
LABELS = {
    "categories": _("Categories become"),
    "prefix": _("Prefix of the tables"),
    "types": _("Types"),
}
CHOICES = {"sections": _("Sections"), "topics": _("Topics")}


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """One or more files; cleaned, a list of them."""

    def __init__(self, *, is_many: bool, **kwargs: Any) -> None:
        super().__init__(widget=_FilesInput() if is_many else forms.FileInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Look at each."""
        files = data if isinstance(data, list) else [data]
        cleaned = [super(UploadsField, self).clean(file, initial) for file in files] or [super().clean(None, initial)]
        return [file for file in cleaned if file]


class _Unrepeated(forms.TextInput):
    """Never shows what was typed into it again."""

    def format_value(self, value: Any) -> None:
        return None


class ImportForm(forms.Form):
    """What is read, and how. Only those who may do everything are asked for the address of a database."""

    archive = forms.CharField(
        label=_("Name of the archive"),
        help_text=_("Imported again under the same name, only what is new or has changed comes."),
        max_length=NAME_MAX_CHARACTERS,
    )

    def __init__(self, *args: Any, source: Source, may_name_databases: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.besides = source, list(asked_besides(source))
        self.fields["archive"].initial = source.name
        self._ask_what(questions_of(source), may_name_databases=may_name_databases)
        self.fields |= {question.name: _field(question) for question in self.besides}
        if not getattr(source, "only_comments", False):
            self._ask_for_articles()

    def _ask_what(self, questions: dict[str, Question], *, may_name_databases: bool) -> None:
        by_url = URL in questions
        asked = questions[URL if by_url else FILE]
        self.fields["file"] = UploadsField(
            label=_("SQLite database") if by_url else _("File"),
            help_text="" if by_url else capfirst(gettext(asked.help)),
            is_many=asked.is_many,
            required=not (by_url and may_name_databases),
        )
        if by_url and may_name_databases:
            self.fields["url"] = forms.CharField(
                label=_("Or the address of a database"),
                help_text=_(
                    "mysql://USER:PASSWORD@HOST/NAME or postgresql://… It is kept sealed, until it was imported."
                ),
                max_length=500,
                required=False,
                widget=_Unrepeated(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    def _ask_for_articles(self) -> None:
        self.fields["section"] = forms.CharField(
            label=_("Section for articles that stand in none"), max_length=ANSWER_MAX_CHARACTERS, required=False
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of what does not say its own"),
            choices=[("", _("The main edition's")), *settings.LANGUAGES],
            required=False,
        )
        if folders := folders_of_files():
            self.fields["folder"] = forms.ChoiceField(
                label=_("Folder with its pictures and documents"),
                choices=[("", "—"), *((name, name) for name in folders)],
                required=False,
            )
        self.fields["fetch"] = forms.BooleanField(
            label=_("Fetch pictures and documents from the old site"),
            help_text=_("If it still answers in the public net. What is missing now does not come later either."),
            required=False,
        )

    def clean_archive(self) -> str:
        """Refuse the name of an archive that came from elsewhere."""
        name = clean_line(self.cleaned_data["archive"])
        if not name:
            raise ValidationError(_("Give it a name."))
        if Archive.objects.filter(name=name).exclude(source=self.source.name).exists():
            raise ValidationError(_("There is an archive of this name already, from another source."))
        return name

    def clean(self) -> dict[str, Any]:
        """Want one thing to read, and not two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "url" in self.fields and not self.errors and bool(cleaned["file"]) == bool(cleaned["url"]):
            self.add_error("file", _("Choose a file, or name a database."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        """Return what ``prepare_import`` wants to know."""
        said = self.cleaned_data
        return {
            "archive": said["archive"],
            "uploads": said["file"],
            "url": said.get("url", ""),
            "options": dict(self._answers()),
            "wishes": {name: said[name] for name in ("section", "language", "folder", "fetch") if name in said},
        }

    def _answers(self) -> Iterator[tuple[str, Any]]:
        for question in self.besides:
            if answer := self.cleaned_data[question.name]:
                yield question.name, answer.split() if question.is_many else answer


def _field(question: Question) -> forms.Field:
    label = LABELS.get(question.name) or capfirst(question.name.replace("_", " "))
    about: dict[str, Any] = {"label": label, "help_text": capfirst(gettext(question.help)), "required": False}
    if question.choices:
        choices = [(choice, CHOICES.get(choice, choice)) for choice in question.choices]
        return forms.ChoiceField(choices=choices, initial=question.default, **about)
    initial = " ".join(question.default or ()) if question.is_many else question.default
    return forms.CharField(initial=initial, max_length=ANSWER_MAX_CHARACTERS, **about)


class StartForm(forms.Form):
    """How a prepared import starts."""

    mapping = forms.CharField(
        label=_("What becomes what"),
        help_text=_("Proposed from the site's own configuration. Read it, and correct it."),
        max_length=100_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false", "autocomplete": "off"}),
    )
    is_dry = forms.BooleanField(
        label=_("Dry run"),
        help_text=_("Everything is read and nothing stored; the report tells what would come."),
        required=False,
    )

    def __init__(self, *args: Any, has_mapping: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_mapping:
            del self.fields["mapping"]
