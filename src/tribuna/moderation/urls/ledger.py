"""The ledger's address: it speaks no language."""

from __future__ import annotations

from django.urls import path

from tribuna.moderation.views.public import ledger

urlpatterns = [path("moderation/ledger.jsonl", ledger, name="ledger")]
