"""The addresses of the post's book."""

from __future__ import annotations

from django.urls import path

from openmidas.register.views import hq, post, sheet, steps

urlpatterns = [
    path("shift/", post.shift, name="shift"),
    path("shift/open/", steps.open_shift, name="shift-open"),
    path("shift/hand-over/", steps.hand_over, name="shift-hand-over"),
    path("shift/close/", steps.close, name="shift-close"),
    path("shift/relax/", steps.relax, name="shift-relax"),
    path("shift/relaxations/<uuid:id>/end/", steps.end_relaxation, name="shift-relaxation-end"),
    path("shift/occurrence/", steps.occurrence, name="shift-occurrence"),
    path("shifts/", post.shifts, name="shifts"),
    path("shifts/<uuid:id>/", post.earlier, name="shift-earlier"),
    path("shifts/<uuid:id>/sheet/<str:language>.pdf", sheet.sheet, name="shift-sheet"),
    path("hq/shifts/", hq.shifts, name="hq-shifts"),
    path("hq/shifts/<uuid:id>/", hq.shift, name="hq-shift"),
]
