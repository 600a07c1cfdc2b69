"""What a moderator fills in: which comments to see, and what to do with them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import Comment, State
from tribuna.core.plug import plugs
from tribuna.core.text import whole_number
from tribuna.moderation.models import Decision, comment_languages
from tribuna.moderation.queries import Filters, moderators, rules, sections

EXPLANATION_MAX_CHARACTERS = 1_000
LARGEST_ID = 2**63 - 1
ALL = "all"

STATE_CHOICES = [
    (State.HELD.value, _("Waiting")),
    (State.PUBLISHED.value, _("Published")),
    (State.REJECTED.value, _("Rejected")),
    (State.SPAM.value, _("Spam")),
]


def language_choices() -> list[tuple[str, Any]]:
    """Return the languages a comment may be in, after all of them."""
    return [("", _("All")), *comment_languages()]


def judge_choices() -> list[tuple[str, Any]]:
    """Return the judges in use, after all of them."""
    judges = plugs(settings.TRIBUNA_JUDGES)
    return [("", _("All")), *((judge.name, getattr(judge, "title", judge.name)) for judge in judges)]


def rule_choices() -> list[tuple[str, str]]:
    """Return the rules of the house, after none."""
    return [("", "—"), *((rule.code, rule.title) for rule in rules())]


def section_choices() -> list[tuple[str, Any]]:
    """Return the sections in every language, after all of them."""
    named = [(str(section.pk), f"{section.title} ({section.locale.get_display_name()})") for section in sections()]
    return [("", _("All")), *named]


def moderator_choices() -> list[tuple[str, Any]]:
    """Return whoever has decided something, after all of them."""
    return [("", _("All")), *((str(moderator.pk), str(moderator)) for moderator in moderators())]


class IdField(forms.IntegerField):
    """The id of something, which goes along unseen. What the database could not hold is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, min_value=1, max_value=LARGEST_ID)


class QueueForm(forms.Form):
    """Which comments the queue shows. What can't be understood is left out."""

    state = forms.ChoiceField(label=_("State"), choices=[*STATE_CHOICES, (ALL, _("All"))], required=False)
    section = forms.ChoiceField(label=_("Section"), choices=section_choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    judge = forms.ChoiceField(label=_("Judge"), choices=judge_choices, required=False)
    order = forms.ChoiceField(
        label=_("Order"), choices=[("", _("Oldest first")), ("newest", _("Newest first"))], required=False
    )
    page = IdField()
    author = IdField()  # of the comment with this id
    after = IdField()

    def wanted(self) -> Filters:
        """Return what was asked for."""
        self.full_clean()
        asked = self.cleaned_data
        state = asked.get("state") or State.HELD.value
        author = Comment.objects.filter(pk=asked["author"]).first() if asked.get("author") else None
        return Filters(
            state="" if state == ALL else state,
            section=sections().get(pk=asked["section"]) if asked.get("section") else None,
            page_id=asked.get("page"),
            language=asked.get("language", ""),
            judge=asked.get("judge", ""),
            author_ref=author.author_ref if author else "",
            newest_first=asked.get("order") == "newest",
        )

    @property
    def after_id(self) -> int | None:
        """Return the id of the last comment on the page before; call ``wanted`` first."""
        return self.cleaned_data.get("after")


class ReasonForm(forms.Form):
    """What is to be done, and what the author is told about it."""

    state = forms.ChoiceField(choices=STATE_CHOICES)
    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices, required=False)
    explanation = forms.CharField(
        label=_("In your words"),
        help_text=_("The author reads this."),
        required=False,
        max_length=EXPLANATION_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a rejection without a reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        rejects = cleaned.get("state") == State.REJECTED
        if rejects and not self.errors and not (cleaned["rule"] or cleaned["explanation"]):
            self.add_error("rule", _("Choose a rule or write why: the author is told."))
        return cleaned

    def reasons(self) -> dict[str, str]:
        """Return what ``actions.decide`` wants to know. Only a rejection is explained."""
        names = ("state", "rule", "explanation") if self.cleaned_data["state"] == State.REJECTED else ("state",)
        return {name: self.cleaned_data[name] for name in names}


class DecisionForm(ReasonForm):
    """A decision on one comment, and the state in which the moderator saw it."""

    seen = forms.ChoiceField(choices=STATE_CHOICES, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse to bring a comment into the state that it has."""
        cleaned = super().clean()
        if not self.errors and cleaned["state"] == cleaned["seen"]:
            self.add_error(None, _("The comment has this state already."))
        return cleaned


class SeenCommentsField(forms.MultipleChoiceField):
    """Checked comments, each as ``id:state`` with the state in which it was seen; cleaned, the state by id."""

    default_error_messages = {"required": _("Choose at least one comment.")}

    def valid_value(self, value: str) -> bool:
        """Say whether *value* reads as ``id:state``."""
        number, _colon, state = value.partition(":")
        return whole_number(number) is not None and state in State.values

    def clean(self, value: Any) -> dict[int, str]:
        """Return the state seen of each comment, by id."""
        return {int(number): state for number, _colon, state in (each.partition(":") for each in super().clean(value))}


class DecisionsField(forms.MultipleChoiceField):
    """Ids of decisions; cleaned, those of the decisions that can be undone."""

    def valid_value(self, value: str) -> bool:
        """Say whether *value* reads as an id."""
        return whole_number(value) is not None

    def clean(self, value: Any) -> QuerySet[Decision]:
        """Return the decisions."""
        return Decision.objects.undoable().filter(pk__in=super().clean(value)).order_by("pk")


class BulkForm(ReasonForm):
    """One decision on several comments."""

    comments = SeenCommentsField()


class UndoForm(forms.Form):
    """Several decisions to undo at once."""

    undo = DecisionsField()


class AuditForm(forms.Form):
    """Which decisions the record shows."""

    moderator = forms.ChoiceField(label=_("Moderator"), choices=moderator_choices, required=False)
    action = forms.ChoiceField(label=_("Action"), choices=[("", _("All")), *Decision.Action.choices], required=False)
    before = IdField()

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for, as ``queries.audit_page`` wants it."""
        self.full_clean()
        asked = self.cleaned_data
        return {
            "actor_id": int(asked["moderator"]) if asked.get("moderator") else None,
            "action": asked.get("action", ""),
            "before": asked.get("before"),
        }
