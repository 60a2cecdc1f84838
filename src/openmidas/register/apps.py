from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The post's own book: shifts and what is written down in them."""

    name = "openmidas.register"
    label = "register"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.register import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.register import jobs, projections, ways_out  # noqa: F401
