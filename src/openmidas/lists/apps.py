from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "openmidas.lists"
    label = "lists"
