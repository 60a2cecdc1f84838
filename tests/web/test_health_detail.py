"""The page of what is wrong, and the numbers for a State's own monitoring."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from openmidas.nodes.doctor import glance
from openmidas.nodes.doctor_wording import word_finding
from openmidas.nodes.home import this_home
from tests.support.cast import Cast, client_of

FAR = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_all_that_was_found_and_what_to_do(
    cast: Cast, pages: None, language: str
) -> None:
    client = client_of(cast.coumba)
    client.cookies["midas_language"] = language
    page = client.get("/health/detail/").content.decode()
    from django.utils import translation

    with translation.override(language):
        for finding in glance():
            assert finding.code in page
            assert escape(word_finding(finding).mend) in page


@pytest.mark.django_db
class TestMetrics:
    def test_this_machine_may_ask(self, own_journal: None) -> None:
        answer = Client().get("/health/metrics")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
        assert "midas_journal_sequence" in answer.content.decode()

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": ""},
            {"Authorization": "Basic x"},
        ],
    )
    def test_no_other_machine_may(self, headers: dict[str, str]) -> None:
        assert Client(headers=headers).get("/health/metrics", **FAR).status_code == 403

    def test_unless_it_has_the_token(self, own_journal: None) -> None:
        client = Client(headers={"Authorization": f"Bearer {this_home().secret('metrics')}"})
        assert client.get("/health/metrics", **FAR).status_code == 200

    def test_a_server_in_front_makes_nobody_a_caller_from_here(self) -> None:
        client = Client(headers={"X-Forwarded-For": "192.0.2.7"})
        assert client.get("/health/metrics").status_code == 403

    def test_no_name_of_a_person_and_no_secret_is_in_it(self, cast: Cast) -> None:
        said = Client().get("/health/metrics").content.decode()
        for officer in vars(cast).values():
            assert officer.name not in said
            assert officer.username not in said
        assert this_home().secret("web") not in said
