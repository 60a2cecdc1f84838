from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "openmidas.web"
    label = "web"

    def ready(self) -> None:
        from openmidas.web import doctor, doctor_wording  # noqa: F401
