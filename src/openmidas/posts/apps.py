from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Lanes, officers and their roles, the log of look-ups."""

    name = "openmidas.posts"
    label = "posts"

    def import_models(self) -> None:
        super().import_models()
        from openmidas.posts import local  # noqa: F401

    def ready(self) -> None:
        from openmidas.posts import collecting, projections, receivers, ways_out  # noqa: F401
