from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "openmidas.exchange"
    label = "exchange"

    def ready(self) -> None:
        from openmidas.exchange import (  # noqa: F401
            doctor,
            doctor_wording,
            local,
            log_giving,
            ways_out,
        )
