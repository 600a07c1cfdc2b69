"""The desk's addresses, below ``/admin/comments/``."""

from __future__ import annotations

from django.urls import path

from tribuna.moderation.views import appeals, desk, learned

app_name = "moderation"

urlpatterns = [
    path("", desk.QueueView.as_view(), name="queue"),
    path("<int:comment_id>/", desk.CommentView.as_view(), name="comment"),
    path("<int:comment_id>/decision/", desk.DecisionView.as_view(), name="decision"),
    path("decisions/", desk.DecisionsView.as_view(), name="decisions"),
    path("decisions/<int:decision_id>/undo/", desk.UndoView.as_view(), name="undo"),
    path("appeals/", appeals.AppealsView.as_view(), name="appeals"),
    path("appeals/<int:appeal_id>/", appeals.AppealView.as_view(), name="appeal"),
    path("appeals/about-reports/<int:appeal_id>/", appeals.NoticeAppealView.as_view(), name="notice_appeal"),
    path("filters/", appeals.FiltersView.as_view(), name="filters"),
    path("filters/<int:filter_id>/", appeals.FilterView.as_view(), name="filter"),
    path("learned-filter/", learned.LearnedView.as_view(), name="learned"),
    path("learned-filter/fits/", learned.FitsView.as_view(), name="fits"),
    path("learned-filter/fits/<int:fit_id>/withdrawal/", learned.WithdrawalView.as_view(), name="withdrawal"),
]
