from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "openmidas.web"
    label = "web"
