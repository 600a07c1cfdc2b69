"""What an editor lets machines do with the paper."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from tribuna.syndication.base import AGENT


@register_setting(icon="download", order=900)
class Terms(BaseSiteSetting):
    """The terms for feeds, crawlers and models, for one site. Where none are set, everything is reserved."""

    class Use(models.TextChoices):
        """What becomes of a kind of use."""

        RESERVED = "reserved", _("Reserved: only with our permission")
        ALLOWED = "allowed", _("Allowed")

    class Content(models.TextChoices):
        """How much of a story stands in feeds."""

        FULL = "full", _("The whole story")
        SUMMARY = "summary", _("The summary and the picture")

    feed_content = models.CharField(_("feeds carry"), max_length=10, choices=Content, default=Content.FULL)
    training = models.CharField(
        _("training of models"),
        max_length=10,
        choices=Use,
        default=Use.RESERVED,
        help_text=_("Text and data mining, such as for the training of AI models."),
    )
    answers = models.CharField(
        _("answers by models"),
        max_length=10,
        choices=Use,
        default=Use.RESERVED,
        help_text=_(
            "Fetching stories to answer people's questions with them. Ordinary search engines are always let in."
        ),
    )
    other_agents = models.TextField(
        _("other crawlers to keep out"),
        blank=True,
        help_text=_("Names of crawlers as they call themselves, one a line. The known ones need not be listed."),
    )
    policy = models.URLField(
        _("where permission is given"),
        blank=True,
        help_text=_("The address of a page about licences, or of somebody to ask. Machines are told of it."),
    )

    panels: ClassVar = [
        FieldPanel("feed_content"),
        MultiFieldPanel(
            [FieldPanel("training"), FieldPanel("answers"), FieldPanel("other_agents"), FieldPanel("policy")],
            heading=_("AI crawlers"),
        ),
    ]

    class Meta:
        verbose_name = _("feeds and AI crawlers")

    def clean(self) -> None:
        """Refuse a name that would be something else in robots.txt."""
        super().clean()
        wrong = next((name for name in self.named_agents if not AGENT.fullmatch(name)), None)
        if wrong is not None:
            message = _("“%(name)s” is no name of a crawler: letters, figures, hyphens and underscores only.")
            raise ValidationError({"other_agents": ValidationError(message, params={"name": wrong})})

    @property
    def named_agents(self) -> list[str]:
        """The crawlers that an editor named."""
        return [name for line in self.other_agents.splitlines() if (name := line.strip())]

    @property
    def kept_out(self) -> list[str]:
        """The crawlers that are let in nowhere, by name, each once."""
        known = settings.TRIBUNA_AI_CRAWLERS
        uses = {"training": self.reserves_training, "answers": self.reserves_answers}
        names = [name for use, is_reserved in uses.items() if is_reserved for name in known[use]]
        return list(dict.fromkeys([*names, *self.named_agents]))

    @property
    def is_full(self) -> bool:
        """Whether feeds carry whole stories."""
        return self.feed_content == self.Content.FULL

    @property
    def reserves_training(self) -> bool:
        """Whether text and data mining needs a permission."""
        return self.training == self.Use.RESERVED

    @property
    def reserves_answers(self) -> bool:
        """Whether answering with our stories needs a permission."""
        return self.answers == self.Use.RESERVED
