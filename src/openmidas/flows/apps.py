from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Analysis: how many cross, where, how that changes, and who is in the country."""

    name = "openmidas.flows"
    label = "flows"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.flows import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.flows import (
            jobs,  # noqa: F401  the worker runs them
            tallies,  # noqa: F401  follows every crossing
        )
