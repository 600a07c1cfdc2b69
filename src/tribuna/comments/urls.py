"""Addresses of comments, below the language."""

from __future__ import annotations

from django.urls import path

from tribuna.comments import views

app_name = "comments"
urlpatterns = [
    path("articles/<int:page_id>/comments/", views.thread, name="thread"),
    path("articles/<int:page_id>/comments/new/", views.form, name="form"),
    path("receipts/<str:secret>/", views.receipt, name="receipt"),
    path("comments/<int:comment_id>/", views.comment, name="comment"),
]
