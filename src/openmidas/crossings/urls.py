"""The addresses of the primary line, the paper register and the headquarters."""

from __future__ import annotations

from django.urls import path

from openmidas.crossings.views import (
    camera,
    closing,
    conveyance_pictures,
    conveyances,
    counter,
    evidence,
    hq,
    hq_conveyances,
    link,
    paper,
    paper_pages,
    post,
    receipts,
    rules,
    rules_new,
    typing,
    workstation_reader,
)

urlpatterns = [
    path("counter/", counter.counter, name="counter"),
    path("counter/scan/", counter.scan, name="counter-scan"),
    path("counter/camera/", camera.look, name="counter-camera"),
    path("counter/lane/", counter.lane_now, name="counter-lane"),
    path("counter/<uuid:inspection>/chip/", evidence.chip, name="counter-chip"),
    path("counter/<uuid:inspection>/seal/", evidence.seal, name="counter-seal"),
    path("counter/type/", typing.type_in, name="counter-type"),
    path("counter/decide/", counter.decide, name="counter-decide"),
    path("counter/journey/", counter.set_journey, name="counter-journey"),
    path("counter/pulse/", counter.pulse, name="counter-pulse"),
    path("counter/sounds/", counter.set_sounds, name="counter-sounds"),
    path("workstation/reader/", workstation_reader.workstation_reader, name="workstation-reader"),
    path("conveyances/", conveyances.conveyances, name="conveyances"),
    path("conveyances/<uuid:conveyance>/", conveyances.conveyance, name="conveyance"),
    path(
        "conveyances/<uuid:conveyance>/manifest/", conveyances.manifest, name="conveyance-manifest"
    ),
    path("conveyances/<uuid:conveyance>/here/", conveyances.here, name="conveyance-here"),
    path("conveyances/<uuid:conveyance>/driver/", conveyances.driver, name="conveyance-driver"),
    path("conveyances/<uuid:conveyance>/close/", conveyances.close, name="conveyance-close"),
    path(
        "conveyances/<uuid:conveyance>/pictures/",
        conveyance_pictures.attach,
        name="conveyance-attach",
    ),
    path(
        "conveyances/<uuid:conveyance>/pictures/<uuid:picture>.jpg",
        conveyance_pictures.picture,
        name="conveyance-picture",
    ),
    path("counter/receipts/<uuid:crossing>/", receipts.receipts, name="receipts"),
    path("link/", link.link, name="link"),
    path("hq/crossings/", hq.crossings, name="hq-crossings"),
    path("hq/crossings/<uuid:id>/", hq.crossing, name="hq-crossing"),
    path("hq/conveyances/", hq_conveyances.conveyances, name="hq-conveyances"),
    path("hq/conveyances/<uuid:id>/", hq_conveyances.conveyance, name="hq-conveyance"),
    path(
        "hq/conveyances/<uuid:id>/pictures/<uuid:picture>.jpg",
        conveyance_pictures.picture_at_hq,
        name="hq-conveyance-picture",
    ),
    path("hq/posts/", hq.nodes, name="hq-nodes"),
    path("hq/posts/<uuid:id>/", post.post, name="hq-post"),
    path("hq/posts/<uuid:id>/revoke/", post.revoke, name="hq-post-revoke"),
    path("hq/rules/", rules.rules, name="hq-rules"),
    path("hq/rules/new/", rules_new.rules_new, name="hq-rules-new"),
    path("hq/rules/sample/", rules_new.sample, name="hq-rules-sample"),
    path("hq/rules/<uuid:id>/", rules.rule_set, name="hq-rule-set"),
    path("shift/closing/", closing.closing, name="shift-closing"),
    path("paper/", paper.paper, name="paper"),
    path("paper/line/", paper.line, name="paper-line"),
    path("paper/count/", paper.count, name="paper-count"),
    path("paper/pages/", paper_pages.attach, name="paper-attach"),
    path("paper/pages/<slug:day>/<uuid:picture>.jpg", paper_pages.picture, name="paper-page"),
    path("hq/crossings/paper/<uuid:post>/<slug:day>/", paper_pages.at_hq, name="hq-paper"),
    path(
        "hq/crossings/paper/<uuid:post>/<slug:day>/<uuid:picture>.jpg",
        paper_pages.picture_at_hq,
        name="hq-paper-page",
    ),
]
