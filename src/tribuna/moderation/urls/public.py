"""What everybody may see of the desk, below the language, and where authors appeal."""

from __future__ import annotations

from django.urls import path

from tribuna.moderation.views import public

app_name = "rights"

urlpatterns = [
    path("moderation/", public.moderation, name="moderation"),
    path("moderation/rules/", public.rules, name="rules"),
    path("receipts/<str:secret>/appeal/", public.appeal, name="appeal"),
    path("your-reports/<str:token>/appeal/", public.notice_appeal, name="notice_appeal"),
]
