"""What the command line itself says, in both languages."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from openmidas.documents.commands import main
from openmidas.documents.commands.field_words import FIELDS
from openmidas.documents.commands.languages import LANGUAGES, in_language
from openmidas.documents.commands.parsing import shown, why_not
from openmidas.documents.commands.reader_words import WORDS
from openmidas.documents.commands.seal_words import CANNOT_SEAL
from openmidas.documents.seals.profiles import PROFILES

DOCUMENTS = Path(__file__).parents[3] / "src" / "openmidas" / "documents"


@pytest.mark.parametrize(
    ("arguments", "french", "english"),
    [
        (["mrz", "--today", "hier"], "« hier » n’est pas un jour", "“hier” is no day"),
        (["mrz", "--nothing"], "arguments non reconnus : --nothing", "unrecognized arguments"),
        (["seal"], "il manque : file", "arguments are required: file"),
        (["chip", "--lang", "x"], "choix impossible : 'x'", "invalid choice: 'x'"),
        (["mrz", "--help"], "montrer cette aide et terminer", "show this help message"),
    ],
)
def test_the_command_line_speaks_the_language_of_the_terminal(
    arguments: list[str],
    french: str,
    english: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for language, said in (("fr", french), ("en", english)):
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", language)
        with pytest.raises(SystemExit):
            main(arguments)
        told = capsys.readouterr()
        assert said in told.out + told.err


def test_a_file_that_does_not_open_is_told_in_french() -> None:
    assert why_not(OSError(errno.ENOENT, "No such file"), "fr") == "il n’existe pas"
    assert why_not(OSError(errno.EIO, "Input/output error"), "fr") == "Input/output error"


@pytest.mark.parametrize("word", ["port_taken", "no_file", "not_kept", "not_written"])
def test_why_a_reader_cannot_be_had_ends_with_one_full_stop(word: str) -> None:
    error = OSError(errno.EADDRINUSE, "in use")
    for language in LANGUAGES:
        said = in_language(WORDS[word], language)
        reason = why_not(error, language)
        told = said.format(port=1, path="x", reason=reason)
        assert f"{reason}." in told
        assert f"{reason}.." not in told


def test_what_is_no_visible_character_is_shown_as_its_number() -> None:
    assert shown("é\xa0« ok »") == "é\xa0« ok »"
    assert shown("a\x1b[31m\x9b\u202e\n") == "a\\x1b[31m\\x9b\\u202e\\n"


def test_every_field_of_a_seal_has_a_name() -> None:
    assert {one.name for profile in PROFILES for one in profile.features} <= FIELDS.keys()


def test_every_reason_not_to_write_a_seal_has_words() -> None:
    codes = {
        code
        for file in (*(DOCUMENTS / "seals").glob("*.py"), DOCUMENTS / "commands" / "seals.py")
        for code in re.findall(r'CannotSeal\([^)]*?, "(\w+)"\)', file.read_text(encoding="utf-8"))
    }
    assert len(codes) > 8
    assert codes <= CANNOT_SEAL.keys()
