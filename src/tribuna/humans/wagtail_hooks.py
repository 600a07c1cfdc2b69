"""What this room adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from tribuna.humans.viewsets import SiteQuestionViewSet

register_snippet(SiteQuestionViewSet)
