"""The desk's addresses, below ``/admin/comments/``."""

from __future__ import annotations

from django.urls import path

from tribuna.moderation import views

app_name = "moderation"

urlpatterns = [
    path("", views.QueueView.as_view(), name="queue"),
    path("<int:comment_id>/", views.CommentView.as_view(), name="comment"),
    path("<int:comment_id>/decision/", views.DecisionView.as_view(), name="decision"),
    path("decisions/", views.DecisionsView.as_view(), name="decisions"),
    path("decisions/<int:decision_id>/undo/", views.UndoView.as_view(), name="undo"),
]
