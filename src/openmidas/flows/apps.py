from django.apps import AppConfig


class FlowsConfig(AppConfig):
    """Analysis: how many cross, where, how that changes, and who is in the country."""

    name = "openmidas.flows"
    label = "flows"

    def ready(self) -> None:
        from openmidas.flows import tallies  # noqa: F401  follows every crossing
