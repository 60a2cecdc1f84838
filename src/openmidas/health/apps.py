from django.apps import AppConfig


class HealthConfig(AppConfig):
    """Health at the crossing: checks, alert definitions, and who travelled with whom."""

    name = "openmidas.health"
    label = "health"

    def ready(self) -> None:
        from openmidas.crossings.signs import register_signs
        from openmidas.health import erasing, projections, ways_out  # noqa: F401
        from openmidas.health.raising import ALERT, FEVER
        from openmidas.health.signs import health_signs
        from openmidas.health.wording import RULES, word_alert, word_edition, word_fever
        from openmidas.incidents.wording import register_cause, register_rule

        register_signs(health_signs)
        register_cause(ALERT, word_alert)
        register_cause(FEVER, word_fever)
        for code, name in RULES.items():
            register_rule(code, name, word_edition)
