from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What a person finds out about a traveller: who answers a hit, how, and what is remembered of it."""

    name = "openmidas.cases"
    label = "cases"

    def ready(self) -> None:
        from openmidas.cases import erasing, projections  # noqa: F401
        from openmidas.cases.remembering import ANSWERS
        from openmidas.cases.settled import projections as settled_projections  # noqa: F401
        from openmidas.crossings.hits import register_answers

        register_answers(ANSWERS)
