from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Analysis: how many cross, where, how that changes, and who is in the country."""

    name = "openmidas.flows"
    label = "flows"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.flows import local  # noqa: F401
        from openmidas.flows.stays import local as stays_local  # noqa: F401

    def ready(self) -> None:
        # What follows every crossing, and what the worker does by itself.
        from openmidas.flows import jobs, projections, tallies, ways_out  # noqa: F401
        from openmidas.flows.situation import notable  # noqa: F401
        from openmidas.flows.stays import jobs as stays_jobs  # noqa: F401
        from openmidas.flows.stays import presence  # noqa: F401
        from openmidas.flows.surge import CODE
        from openmidas.flows.wording import word_surge
        from openmidas.incidents.wording import register_cause

        register_cause(CODE, word_surge)
