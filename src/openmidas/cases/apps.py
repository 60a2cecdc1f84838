from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What a person finds out about a traveller: who answers a hit, how, and what is remembered of it."""

    name = "openmidas.cases"
    label = "cases"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.cases.looking_back import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.cases import erasing, projections  # noqa: F401
        from openmidas.cases.figures import following  # noqa: F401
        from openmidas.cases.interviews import erasing as interview_erasing  # noqa: F401
        from openmidas.cases.interviews import projections as interview_projections  # noqa: F401
        from openmidas.cases.looking_back import erasing as later_erasing  # noqa: F401
        from openmidas.cases.looking_back import jobs  # noqa: F401
        from openmidas.cases.looking_back import projections as later_projections  # noqa: F401
        from openmidas.cases.refusal_form import projections as form_projections  # noqa: F401
        from openmidas.cases.remembering import ANSWERS
        from openmidas.cases.settled import projections as settled_projections  # noqa: F401
        from openmidas.crossings.hits import register_answers

        register_answers(ANSWERS)
