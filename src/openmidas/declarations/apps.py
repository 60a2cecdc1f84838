from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Herds and goods that are declared at a post. No duties are reckoned."""

    name = "openmidas.declarations"
    label = "declarations"

    def ready(self) -> None:
        from openmidas.declarations import erasing, projections, ways_out  # noqa: F401
