"""The post at work of the crossings' tests."""

from tests.crossings.conftest import bare_post, post  # noqa: F401
