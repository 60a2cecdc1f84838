from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "openmidas.exchange"
    label = "exchange"
