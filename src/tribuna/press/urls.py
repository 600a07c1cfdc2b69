"""The press's addresses, below ``/admin/press/``."""

from __future__ import annotations

from django.urls import path

from tribuna.press import views

app_name = "press"

urlpatterns = [
    path("", views.PanelView.as_view(), name="panel"),
    path("purge/", views.PurgeView.as_view(), name="purge"),
]
