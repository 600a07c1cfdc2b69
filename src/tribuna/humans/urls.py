"""Addresses for browsers, not for readers: outside of the language, and to be included at the root (RFC 8615)."""

from __future__ import annotations

from django.urls import path

from tribuna.core.privacy_pass import DIRECTORY_PATH
from tribuna.humans import views

app_name = "humans"
urlpatterns = [
    path(DIRECTORY_PATH, views.directory, name="directory"),
    path("human/passes", views.passes, name="passes"),
    path("human/work", views.work, name="work"),
    path("human/worker.js", views.worker, name="worker"),
]
