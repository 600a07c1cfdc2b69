"""The page of imports, below ``/admin/imports/``."""

from __future__ import annotations

from django.urls import path

from tribuna.importers.views import runs, starting

app_name = "importers"

urlpatterns = [
    path("", runs.RunsView.as_view(), name="runs"),
    path("new/", starting.SourcesView.as_view(), name="sources"),
    path("new/<str:source>/", starting.NewView.as_view(), name="new"),
    path("<int:run_id>/", runs.RunView.as_view(), name="run"),
    path("<int:run_id>/progress/", runs.ProgressView.as_view(), name="progress"),
    path("<int:run_id>/report.json", runs.ReportView.as_view(), name="report"),
    path("<int:run_id>/originals.jsonl", runs.OriginalsView.as_view(), name="originals"),
    path("<int:run_id>/start/", starting.StartView.as_view(), name="start"),
    path("<int:run_id>/stop/", starting.StopView.as_view(), name="stop"),
    path("<int:run_id>/continuation/", starting.ContinuationView.as_view(), name="continuation"),
    path("<int:run_id>/import/", starting.ForGoodView.as_view(), name="for_good"),
    path("<int:run_id>/discard/", starting.DiscardView.as_view(), name="discard"),
]
