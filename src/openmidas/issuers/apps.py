from django.apps import AppConfig


class IssuersConfig(AppConfig):
    """Whose signatures on chips and seals this State takes."""

    name = "openmidas.issuers"
    label = "issuers"

    def ready(self) -> None:
        from openmidas.issuers import evidence_projections, jobs, local, projections  # noqa: F401
