from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Border residents: registered once, known by a card ever after."""

    name = "openmidas.residents"
    label = "residents"

    def ready(self) -> None:
        from openmidas.crossings.cards import register_cards
        from openmidas.posts.lookups import register_search
        from openmidas.residents import erasing, projections, ways_out  # noqa: F401
        from openmidas.residents.finding import search_residents
        from openmidas.residents.known import CARDS

        register_cards(CARDS)
        register_search(search_residents)
