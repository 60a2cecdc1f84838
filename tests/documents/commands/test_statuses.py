"""How the commands below ``midas read`` end."""

from __future__ import annotations

import pytest

from openmidas.documents.commands import main
from openmidas.documents.commands.statuses import DONE, FAILED, INVALID, UNPROVEN, of_outcome, worst


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("valid", DONE),
        ("invalid", INVALID),
        ("issuer_unknown", UNPROVEN),
        ("not_performed", UNPROVEN),
    ],
)
def test_only_what_is_valid_ends_well(outcome: str, status: int) -> None:
    assert of_outcome(outcome) == status


def test_what_may_be_revoked_does_not_end_well() -> None:
    assert of_outcome("valid", revocation_known=False) == UNPROVEN
    assert of_outcome("invalid", revocation_known=False) == INVALID


def test_a_forgery_is_told_before_what_could_not_be_read() -> None:
    assert worst([DONE, UNPROVEN, FAILED, INVALID]) == INVALID
    assert worst([DONE, UNPROVEN, FAILED]) == FAILED
    assert worst([UNPROVEN, DONE]) == UNPROVEN
    assert worst([DONE]) == DONE


@pytest.mark.parametrize("command", ["mrz", "image", "chip", "seal"])
@pytest.mark.parametrize(("lang", "said"), [("fr", "Se termine par 0"), ("en", "Ends with 0")])
def test_the_help_says_how_it_ends(
    command: str,
    lang: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", lang)
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert said in capsys.readouterr().out
