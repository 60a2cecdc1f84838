from django.apps import AppConfig


class CrossingsConfig(AppConfig):
    """The primary line: a traveller, a document, the checks, the decision, the crossing."""

    name = "openmidas.crossings"
    label = "crossings"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.crossings import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.crossings import (  # noqa: F401
            doctor,
            doctor_wording,
            erasing,
            paper_erasing,
            projections,
            reporting,
            ways_out,
        )
        from openmidas.crossings.conveyances import erasing as conveyance_erasing  # noqa: F401
        from openmidas.crossings.conveyances import projections as conveyance_rows  # noqa: F401
        from openmidas.crossings.receipts import certifying  # noqa: F401
        from openmidas.crossings.receipts import projections as receipt_projections  # noqa: F401
        from openmidas.crossings.search import search_crossings
        from openmidas.posts.lookups import register_search

        register_search(search_crossings)
