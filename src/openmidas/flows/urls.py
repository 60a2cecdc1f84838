"""The addresses of the analysis."""

from __future__ import annotations

from django.urls import URLPattern, path

from openmidas.flows.views import flows, situation, stays, stays_matches

urlpatterns: list[URLPattern] = [
    path("hq/", situation.show, name="situation"),
    path("hq/flows/", flows.flows, name="flows"),
    path("hq/flows/table.<str:form>", flows.table, name="flows-table"),
    path("hq/flows/long.<str:form>", flows.long_table, name="flows-long"),
    path("hq/stays/", stays.stays, name="stays"),
    path("hq/stays/over/", stays.over, name="stays-over"),
    path("hq/stays/over/counts.csv", stays.over_counts, name="stays-over-counts"),
    path("hq/stays/matches/", stays_matches.matches, name="stays-matches"),
    path("hq/stays/matches/<uuid:id>/", stays_matches.match, name="stays-match"),
    path("hq/stays/matches/<uuid:id>/decide/", stays_matches.decide, name="stays-decide"),
]
