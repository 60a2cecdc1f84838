from django.apps import AppConfig


class CrossingsConfig(AppConfig):
    name = "openmidas.crossings"
    label = "crossings"
