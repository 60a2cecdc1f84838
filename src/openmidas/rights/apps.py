from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Complaints that go past the post, and what the public is told."""

    name = "openmidas.rights"
    label = "rights"

    def ready(self) -> None:
        from openmidas.rights import projections, taking_in, ways_out  # noqa: F401
