"""Addresses of the newsroom that are not pages of the tree, inside ``/<language>/``."""

from __future__ import annotations

from django.urls import path

from tribuna.newsroom import views

app_name = "newsroom"

urlpatterns = [
    path("archive/", views.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", views.archive_month, name="archive_month"),
    path("live/<int:pk>/", views.live_state, name="live_state"),
    path("live/<int:pk>/posts/", views.live_posts, name="live_posts"),
]
