from django.apps import AppConfig


class NodesConfig(AppConfig):
    """Who this machine is."""

    name = "openmidas.nodes"
    label = "nodes"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.nodes import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.nodes import (  # noqa: F401
            checks,
            doctor_wording,
            erasing_jobs,
            health_jobs,
            metrics,
            node_ways_out,
            projections,
            reports,
        )
        from openmidas.nodes.collecting import jobs as collecting_jobs  # noqa: F401
        from openmidas.nodes.sealing import doctor_wording as seal_wording  # noqa: F401
        from openmidas.nodes.sealing import jobs  # noqa: F401
        from openmidas.nodes.sealing import projections as seal_projections  # noqa: F401
