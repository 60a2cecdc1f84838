"""The addresses of the second line: interviews, and hits."""

from __future__ import annotations

from django.urls import path

from openmidas.cases.views import (
    figures,
    hit,
    hits,
    interview,
    interview_steps,
    looking_back,
    pathways,
    pictures,
    referrals,
    referrals_new,
    refusal_form,
    settled,
)

urlpatterns = [
    path("second-line/", interview.queue, name="second-line"),
    path("second-line/<uuid:crossing>/", interview.interview, name="second-line-case"),
    path("second-line/<uuid:crossing>/resolve/", interview.resolve, name="second-line-resolve"),
    path("second-line/<uuid:crossing>/take/", interview_steps.take, name="interview-take"),
    path("second-line/<uuid:crossing>/leave/", interview_steps.leave, name="interview-leave"),
    path("second-line/<uuid:crossing>/note/", interview_steps.note, name="interview-note"),
    path("second-line/<uuid:crossing>/check/", interview_steps.check, name="interview-check"),
    path("second-line/<uuid:crossing>/care/", interview_steps.care, name="interview-care"),
    path("second-line/<uuid:crossing>/hold/", interview_steps.hold, name="interview-hold"),
    path(
        "second-line/<uuid:crossing>/refusal-<slug:language>.pdf",
        refusal_form.form,
        name="refusal-form",
    ),
    path("second-line/<uuid:crossing>/refusal/", refusal_form.given, name="refusal-given"),
    path("second-line/<uuid:crossing>/pictures/", pictures.attach, name="interview-attach"),
    path(
        "second-line/<uuid:crossing>/pictures/<uuid:picture>.jpg",
        pictures.picture,
        name="interview-picture",
    ),
    path("second-line/<uuid:crossing>/history/", interview_steps.history, name="interview-history"),
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
