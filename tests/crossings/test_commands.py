"""``midas rules``."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.cli import main
from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.models import PublishedRules
from openmidas.crossings.rules import read_rules, sample_rules


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")


@pytest.fixture
def hq(as_hq: None, own_journal: None) -> None:
    """This process is the HQ, with its journal open."""


@pytest.mark.usefixtures("hq")
class TestAtTheHq:
    def test_publishes_and_shows(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        path = tmp_path / "rules.toml"
        path.write_text(sample_rules().replace("West Africa", "Mali"), encoding="utf-8")
        assert main(["rules", "publish", str(path)]) == 0
        assert main(["rules", "show"]) == 0
        out = capsys.readouterr().out
        assert "Mali: ECOWAS and AES" in out
        assert "aes_in_ecowas" in out

    def test_what_is_published_last_is_in_force(self, tmp_path: Path) -> None:
        assert main(["rules", "publish"]) == 0
        path = tmp_path / "rules.toml"
        path.write_text(sample_rules().replace("days = 90", "days = 30"), encoding="utf-8")
        assert main(["rules", "publish", str(path)]) == 0
        current = rules_in_force()
        assert current is not None
        assert current.rules.rules[0].days == 30

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"title = ", "These are no rules"),
            (b"\xff\xfe", "Cannot read"),
            (None, "Cannot read"),
            (sample_rules().replace('"BEN"', '"BNI"').encode(), "ECOWAS: “BNI” is not known."),
        ],
    )
    def test_bad_files_publish_nothing(
        self,
        content: bytes | None,
        said: str,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
    ) -> None:
        path = tmp_path / "rules.toml"
        if content is not None:
            path.write_bytes(content)
        assert main(["rules", "publish", str(path)]) == 1
        assert said in capsys.readouterr().err
        assert not PublishedRules.objects.exists()

    def test_nothing_to_show(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["rules", "show"]) == 1
        assert "No rules have been published" in capsys.readouterr().err


@pytest.mark.usefixtures("own_journal")
def test_a_post_publishes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "publish"]) == 1
    assert "Only a headquarters" in capsys.readouterr().err


def test_the_sample_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "sample"]) == 0
    assert read_rules(capsys.readouterr().out) == read_rules(sample_rules())
