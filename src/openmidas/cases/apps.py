from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What a person finds out about a traveller: who answers a hit, how, and what is remembered of it."""

    name = "openmidas.cases"
    label = "cases"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.cases.looking_back import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.cases import erasing, projections, ways_out  # noqa: F401
        from openmidas.cases.figures import following  # noqa: F401
        from openmidas.cases.interviews import erasing as interview_erasing  # noqa: F401
        from openmidas.cases.interviews import projections as interview_projections  # noqa: F401
        from openmidas.cases.looking_back import erasing as later_erasing  # noqa: F401
        from openmidas.cases.looking_back import jobs  # noqa: F401
        from openmidas.cases.looking_back import projections as later_projections  # noqa: F401
        from openmidas.cases.referrals import erasing as referrals_erasing  # noqa: F401
        from openmidas.cases.referrals import projections as referral_projections  # noqa: F401
        from openmidas.cases.referrals.claims import asylum_claims, not_to_be_refused
        from openmidas.cases.refusal_form import projections as form_projections  # noqa: F401
        from openmidas.cases.remembering import ANSWERS
        from openmidas.cases.settled import projections as settled_projections  # noqa: F401
        from openmidas.cases.taking_over import erasing as taking_over_erasing  # noqa: F401
        from openmidas.cases.taking_over import projections as taking_over_projections  # noqa: F401
        from openmidas.cases.taking_over.at_hq import compartments_with
        from openmidas.crossings.hits import register_answers
        from openmidas.crossings.holds import register_hold
        from openmidas.crossings.kept_apart import register_files
        from openmidas.nodes.ways_out import register_claims

        register_answers(ANSWERS)
        register_claims(asylum_claims)
        register_hold(not_to_be_refused)
        register_files(compartments_with)
