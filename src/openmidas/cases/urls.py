"""The addresses of the second line's work on hits."""

from __future__ import annotations

from django.urls import path

from openmidas.cases.views import (
    figures,
    hit,
    hits,
    looking_back,
    pathways,
    referrals,
    referrals_new,
    settled,
)

urlpatterns = [
    path("second-line/hits/", hits.hits, name="hits"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/", hit.hit, name="hit"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/answer/", hit.answer, name="hit-answer"),
    path("second-line/<uuid:crossing>/refer/", referrals_new.choose, name="referral-new"),
    path(
        "second-line/<uuid:crossing>/refer/<slug:kind>/",
        referrals_new.begin,
        name="referral-begin",
    ),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:id>/note/", referrals.note, name="referral-note"),
    path("referrals/<uuid:id>/close/", referrals.close, name="referral-close"),
    path("referrals/<uuid:id>/sheet/", referrals.sheet, name="referral-sheet"),
    path("hq/pathways/", pathways.pathways, name="pathways"),
    path("hq/pathways/new/", pathways.pathways_new, name="pathways-new"),
    path("hq/pathways/sample/", pathways.sample, name="pathways-sample"),
    path("hq/pathways/<uuid:id>/", pathways.edition, name="pathways-edition"),
    path("hq/hits/settled/", settled.settled, name="hits-settled"),
    path("hq/hits/settled/<uuid:id>/confirm/", settled.confirm, name="hit-settle"),
    path("hq/hits/settled/<uuid:id>/take-back/", settled.take_back, name="hit-unsettle"),
    path("hq/looking-back/", looking_back.looking_back, name="looking-back"),
    path("hq/looking-back/<uuid:id>/", looking_back.later_hit, name="later-hit"),
    path("hq/looking-back/<uuid:id>/answer/", looking_back.answer, name="later-hit-answer"),
    path("hq/hits/", figures.figures, name="hit-figures"),
    path("hq/hits/table.csv", figures.table, name="hit-figures-table"),
]
