"""Addresses of comments, below the language."""

from __future__ import annotations

from django.urls import path

from tribuna.comments import views

app_name = "comments"
urlpatterns = [
    path("articles/<int:page_id>/comments/", views.thread, name="thread"),
    path("articles/<int:page_id>/comments/new/", views.form, name="form"),
    path("articles/<int:page_id>/comments/count/", views.count, name="count"),
    path("receipts/<str:secret>/", views.receipt, name="receipt"),
    path("receipts/<str:secret>/edit/", views.edit, name="edit"),
    path("receipts/<str:secret>/withdraw/", views.withdraw, name="withdraw"),
    path("receipts/<str:secret>/alerts/", views.receipt_alerts, name="receipt_alerts"),
    path("receipts/<str:secret>/export/", views.receipt_export, name="receipt_export"),
    path("receipts/<str:secret>/erase/", views.receipt_erase, name="receipt_erase"),
    path("comments/<int:comment_id>/", views.comment, name="comment"),
    path("comments/<int:comment_id>/replies/", views.branch, name="branch"),
    path("comments/<int:comment_id>/respect/", views.respect, name="respect"),
    path("comments/<int:comment_id>/report/", views.report, name="report"),
    path("alerts/<str:token>/", views.alert, name="alert"),
    path("alerts/<str:token>/stop/", views.stop_alert, name="stop_alert"),
    path("articles/<int:page_id>/error/", views.error, name="error"),
    path("your-reports/<str:token>/", views.notice, name="notice"),
    path("your-reports/<str:token>/confirm/", views.confirm, name="confirm_notice"),
    path("your-comments/", views.prove, name="prove"),
    path("your-comments/<str:token>/", views.rights_page, name="rights"),
    path("your-comments/<str:token>/export/", views.rights_export, name="rights_export"),
    path("your-comments/<str:token>/erase/", views.rights_erase, name="rights_erase"),
]
