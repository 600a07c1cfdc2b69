"""Parts of the editing form that Wagtail doesn't have."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel


class TopicsPanel(FieldPanel):
    """The topics of the article's own tree, by name, to tick; and those of another tree that are ticked already."""

    def __init__(self, field_name: str = "topics", **kwargs: Any) -> None:
        super().__init__(field_name, **{"widget": CheckboxSelectMultiple, **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel in one article's form."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None:  # two revisions are compared, nothing is edited
                return
            ticked = [topic.pk for topic in self.instance.topics.all()]
            topics = apps.get_model("newsroom.TopicPage").objects.filter(
                Q(locale=self.instance.locale_id) | Q(pk__in=ticked)
            )
            self.bound_field.field.queryset = topics.order_by("title")
