from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """Installing, upgrading, certificates, and the page that sets up a workstation. No models."""

    name = "openmidas.installation"
    label = "installation"

    def ready(self) -> None:
        from openmidas.installation import jobs, ways_out  # noqa: F401
