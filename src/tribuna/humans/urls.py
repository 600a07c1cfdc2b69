"""Addresses of the human check that are not a page, and so have no language."""

from django.urls import path

from tribuna.humans.views import work

app_name = "humans"

urlpatterns = [
    path("work", work.work, name="work"),
    path("worker.js", work.worker, name="worker"),
]
