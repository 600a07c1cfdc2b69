"""What a moderator fills in: which comments to see, and what to do with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tribuna.comments.models import Comment, State
from tribuna.core.text import whole_number
from tribuna.moderation.models import APPEAL_MAX_CHARACTERS, Appeal, Decision, comment_languages
from tribuna.moderation.models.desk import FILTER_NAME_MAX_CHARACTERS
from tribuna.moderation.queries import Filters, judge_titles, moderators, rules, sections

EXPLANATION_MAX_CHARACTERS = 1_000
LARGEST_ID = 2**63 - 1
ALL = "all"
SETTLING = [Appeal.Outcome.REVERSED, Appeal.Outcome.UPHELD]

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
    return [("", _("All")), *judge_titles().items()]


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
    section = forms.ChoiceField(label=_("Section"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    judge = forms.ChoiceField(label=_("Judge"), choices=judge_choices, required=False)
    order = forms.ChoiceField(
        label=_("Order"), choices=[("", _("Oldest first")), ("newest", _("Newest first"))], required=False
    )
    page = IdField()
    author = IdField()  # of the comment with this id
    alike = IdField()  # nearly with the text of the comment with this id
    after = IdField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Read the sections once: both who checks what was asked for and who shows it go through them."""
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = section_choices()  # type: ignore[attr-defined]  # it is a ChoiceField

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
            alike_id=asked.get("alike"),
            newest_first=asked.get("order") == "newest",
        )

    @property
    def narrows(self) -> str:
        """Return what was asked for as a query, without the place in it; call ``wanted`` first."""
        names = ("state", "section", "language", "judge", "order", "page", "author", "alike")
        return urlencode({name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)})

    @property
    def after_id(self) -> int | None:
        """Return the id of the last comment on the page before; call ``wanted`` first."""
        return self.cleaned_data.get("after")


class ReasonForm(forms.Form):
    """What is to be done, and what the author is told about it."""

    state = forms.ChoiceField(choices=STATE_CHOICES, required=False)
    reject = forms.ChoiceField(choices=rule_choices, required=False)  # one button: to reject, and under which rule
    rule = forms.ChoiceField(label=_("Rule"), choices=rule_choices, required=False)
    explanation = forms.CharField(
        label=_("In your words"),
        help_text=_("The author reads this."),
        required=False,
        max_length=EXPLANATION_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a rejection without a reason, and what decides nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reject"):
            cleaned["state"], cleaned["rule"] = State.REJECTED, cleaned["reject"]
        if not (cleaned.get("state") or self.errors):
            self.add_error("state", _("Choose what is to be done."))
        rejects = cleaned.get("state") == State.REJECTED
        if rejects and not self.errors and not (cleaned["rule"] or cleaned["explanation"]):
            self.add_error("rule", _("Choose a rule or write why: the author is told."))
        return cleaned

    def reasons(self) -> dict[str, str]:
        """Return what ``actions.decide`` wants to know. Only a rejection is explained."""
        names = ("state", "rule", "explanation") if self.cleaned_data["state"] == State.REJECTED else ("state",)
        return {name: self.cleaned_data[name] for name in names}


class IdsField(forms.CharField):
    """Ids with blanks between them; cleaned, a list of them. As many as are decided on at once, and no more."""

    def clean(self, value: Any) -> list[int]:
        """Return the ids. Raises ValidationError."""
        numbers = [whole_number(word) for word in super().clean(value).split()]
        found = [number for number in numbers if number is not None]
        if len(found) < len(numbers) or len(found) > settings.TRIBUNA_DESK_BULK_MAXIMUM:
            raise ValidationError(_("These comments can’t be decided on together."))
        return found


class DecisionForm(ReasonForm):
    """A decision on one comment, and the state in which the moderator saw it."""

    seen = forms.ChoiceField(choices=STATE_CHOICES, widget=forms.HiddenInput)
    alike = IdsField(required=False)  # others that the moderator saw waiting with nearly the same text

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


class GroupsField(forms.MultipleChoiceField):
    """Groups as they were shown, each as ``head:others``; cleaned, the ids of the others by that of the head."""

    def valid_value(self, value: str) -> bool:
        """Say whether *value* reads as ``id:id id …``."""
        head, _colon, others = value.partition(":")
        return all(whole_number(number) is not None for number in (head, *others.split()))

    def clean(self, value: Any) -> dict[int, list[int]]:
        """Return the groups."""
        parts = (each.partition(":") for each in super().clean(value))
        return {int(head): [int(number) for number in others.split()] for head, _colon, others in parts}


class DecisionsField(forms.MultipleChoiceField):
    """Ids of decisions; cleaned, those of the decisions that can be undone."""

    def valid_value(self, value: str) -> bool:
        """Say whether *value* reads as an id."""
        return whole_number(value) is not None

    def clean(self, value: Any) -> QuerySet[Decision]:
        """Return the decisions."""
        return Decision.objects.undoable().filter(pk__in=super().clean(value)).order_by("comment__page", "pk")


class BulkForm(ReasonForm):
    """One decision on several comments."""

    comments = SeenCommentsField()
    group = GroupsField(required=False)
    alike = forms.BooleanField(required=False)  # and those of their groups

    def seen(self) -> dict[int, str]:
        """Return the state that the moderator saw of each comment to decide on, by id. Only after ``is_valid()``."""
        seen: dict[int, str] = self.cleaned_data["comments"]
        if not self.cleaned_data["alike"]:
            return seen
        groups = self.cleaned_data["group"]
        others = [pk for head, state in seen.items() if state == State.HELD for pk in groups.get(head, [])]
        return seen | dict.fromkeys(others, State.HELD.value)


class UndoForm(forms.Form):
    """Several decisions to undo at once."""

    undo = DecisionsField()


class AppealForm(forms.Form):
    """What an author says against a decision."""

    text = forms.CharField(
        label=_("What was overlooked?"),
        help_text=_("Say why the decision is wrong. A moderator who had no part in it reads this."),
        max_length=APPEAL_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class SettleForm(forms.Form):
    """What comes of an appeal, and what its author is told."""

    outcome = forms.ChoiceField(choices=[(each.value, each.label) for each in SETTLING])
    answer = forms.CharField(
        label=_("In your words"),
        help_text=_("The author reads this."),
        required=False,
        max_length=EXPLANATION_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettleNoticeForm(SettleForm):
    """What comes of an appeal about a report. Its reader is told why, and the author of a comment that goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for an answer."""
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class FilterForm(forms.Form):
    """The name of a filter to keep."""

    name = forms.CharField(label=_("Name"), max_length=FILTER_NAME_MAX_CHARACTERS)


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
