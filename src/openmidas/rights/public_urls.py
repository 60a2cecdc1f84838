"""The addresses of the pages for the public: all below one prefix, none of them leads inside."""

from __future__ import annotations

from django.urls import path

from openmidas.rights.views import informing, kept, kiosk, reporting

urlpatterns = [
    path("public/", kiosk.home, name="public"),
    path("public/receipts.html", informing.receipts_page, name="public-receipts-page"),
    path("public/complaints.csv", informing.complaint_figures_file, name="public-figures-file"),
    path("public/<str:language>/", kiosk.home, name="public-home"),
    path("public/<str:language>/complaint/", kiosk.complaint, name="public-complaint"),
    path("public/<str:language>/report/", reporting.report, name="public-report"),
    path("public/<str:language>/answer/", kiosk.answer, name="public-answer"),
    path("public/<str:language>/shown/<uuid:id>/", kept.kept, name="public-kept"),
    path("public/<str:language>/receipt/", informing.verify, name="public-verify"),
    path("public/<str:language>/rights/", informing.notice, name="public-notice"),
    path("public/<str:language>/rights/<str:spoken>.sound", informing.sound, name="public-sound"),
    path("public/<str:language>/complaints/", informing.complaint_figures, name="public-figures"),
]
