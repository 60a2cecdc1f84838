"""``midas read chip`` and ``midas documents trust``: for programs in JSON, for people in sentences."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openmidas.documents.chip import ChipFinding, TrustStore, import_file, read_chip
from openmidas.documents.commands import main, main_documents
from openmidas.documents.commands.chip_answers import chip_as_text
from openmidas.documents.commands.chip_findings import FINDINGS
from openmidas.documents.commands.chip_words import OUTCOMES, STEP_NAMES, STEPS, word_chip_finding
from openmidas.documents.commands.languages import LANGUAGES
from openmidas.documents.commands.statuses import FAILED, INVALID, UNPROVEN
from openmidas.documents.commands.trust_words import NOT_POSSIBLE
from tests.documents.chip import made
from tests.documents.chip.made import NOW, StateOfOurs
from tests.documents.chip.made_revocations import revocations

UTOPIA = StateOfOurs()
SOURCE = Path(__file__).parents[3] / "src" / "openmidas" / "documents" / "chip"
CODE = re.compile(
    r"(?:Unreadable|ChipFinding|_finding|_wrong|_about(?:_access)?|NotPossible)"
    r"\(\s*(?:group, )?\"([a-z_0-9]+)\""
    r"|code(?:, rule)? = \"([a-z_]+)\"|raise NotPossible\(\"(\w+)\" if \w+ else \"(\w+)\""
)


@pytest.fixture
def chip(tmp_path: Path) -> Path:
    folder = tmp_path / "chip"
    folder.mkdir()
    (folder / "EF.SOD").write_bytes(UTOPIA.sod)
    for number, file in UTOPIA.groups.items():
        (folder / f"DG{number}.bin").write_bytes(file)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "trust.json")


def answers(capfdbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_from_two_persons_to_a_valid_chip(
    chip: Path, store: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = ["--json", "--lang", "en", "--store", store]
    read = ["chip", str(chip), *given, "--today", "2026-11-27"]
    assert main(read) == UNPROVEN
    (before,) = answers(capfdbinary)
    assert before["outcome"] == "issuer_unknown"

    file = tmp_path / "utopia.cer"
    file.write_bytes(UTOPIA.authority.certificate)
    assert main_documents(["trust", str(file), *given, "--by", "Issa"]) == 0
    taken, counted = answers(capfdbinary)
    assert (taken["state"], counted["trusted"], counted["proposed"]) == ("proposed", 0, 1)
    approve = ["trust", "--approve", taken["fingerprint"], *given, "--by"]
    assert main_documents([*approve, "issa"]) == 1
    assert main_documents([*approve, "Awa"]) == 0
    capfdbinary.readouterr()

    assert main(read) == UNPROVEN  # no list says that its signer was not revoked
    capfdbinary.readouterr()
    listed = tmp_path / "ut.crl"
    listed.write_bytes(revocations(UTOPIA.authority))
    assert main_documents(["trust", str(listed), *given, "--by", "Issa"]) == 0
    capfdbinary.readouterr()

    assert main(read) == 0
    (said,) = answers(capfdbinary)
    assert said["outcome"] == "valid"
    assert said["sentence"].startswith("Valid:")
    assert said["groups"] == {"DG1": "same", "DG2": "same", "DG11": "same"}
    assert [step["name"] for step in said["steps"]] == list(STEP_NAMES)
    assert said["mrz"]["number"] == "L898902C3"
    assert said["person"] == {"name": "ERIKSSON, ANNA MARIA"}
    assert (said["faces"][0]["kind"], said["faces"][0]["width"]) == ("jpeg", 240)

    assert main_documents(["trust", "--list", *given]) == 0
    entry, _list = answers(capfdbinary)
    assert (entry["country"], entry["state"], entry["by"]) == ("UT", "trusted", "Issa, Awa")
    assert main_documents(["trust", "--remove", entry["fingerprint"][:8], *given]) == 0


def test_for_people_in_french(chip: Path, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = made.MRZ[:44].replace("ANNA", "ANNE") + "\n" + made.MRZ[44:]
    assert main(["chip", str(chip), "--lang", "fr", "--store", store, "--mrz", printed]) == INVALID
    said = capsys.readouterr().out
    assert said.startswith("Émetteur inconnu : tout concorde")
    assert "signature : La signature est juste. (Doc 9303-11, 5.1)" in said
    assert "La zone imprimée et la puce diffèrent : prénoms." in said


@pytest.mark.parametrize("printed", ["garbage", made.MRZ[:44]])
def test_a_printed_zone_that_is_none_is_not_passed_over(
    chip: Path, store: str, capsys: pytest.CaptureFixture[str], printed: str
) -> None:
    read = ["chip", str(chip), "--lang", "en", "--store", store, "--mrz", printed]
    assert main(read) == FAILED
    said = capsys.readouterr()
    assert not said.out
    assert "no whole machine readable zone" in said.err


def test_a_chip_that_was_changed_does_not_end_well(chip: Path, store: str) -> None:
    group = chip / "DG1.bin"
    group.write_bytes(group.read_bytes().replace(b"ANNA", b"ANNE"))
    assert main(["chip", str(chip), "--store", store]) == INVALID


@pytest.mark.parametrize(("language", "said"), [("fr", "le guichet suit"), ("en", "headquarters")])
def test_in_the_folder_of_a_node_it_says_what_the_counter_goes_by(
    store: str, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    command = ["trust", "--list", "--store", store, "--lang", language]
    main_documents(command)
    assert said not in capsys.readouterr().err
    Path(store).with_name("node.toml").touch()
    main_documents(command)
    assert said in capsys.readouterr().err


def test_one_file_that_cannot_be_read_costs_no_other(
    store: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    good, bad = tmp_path / "a.cer", tmp_path / "b.ml"
    good.write_bytes(UTOPIA.authority.certificate)
    bad.write_bytes(b"no list at all")
    given = ["trust", str(bad), str(good), "--json", "--store", store, "--lang", "fr"]
    assert main_documents(given) == 1
    first, second, counted = answers(capfdbinary)
    assert (first["accepted"], second["accepted"], counted["proposed"]) == (False, True, 1)
    assert first["findings"][0]["message"]


def test_a_list_that_was_cut_is_not_told_with_gaps(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.ml"
    cut.write_bytes(UTOPIA.sod[:200])
    assert main_documents(["trust", str(cut), "--store", store, "--lang", "fr"]) == 1
    said = capsys.readouterr().out
    assert "cut.ml : une liste de référence qui ne se lit pas jusqu’au bout.\n" in said
    assert "Certificats admis : 0 ; leurs États : 0 ; en attente : 0." in said


def test_no_chip_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chip", str(tmp_path), "--lang", "en"]) == 1
    assert "no file of a chip" in capsys.readouterr().err
    assert main(["chip", str(tmp_path / "none"), "--lang", "en"]) == 1
    assert "cannot be read: there is no such file" in capsys.readouterr().err


def test_no_django_and_no_node(chip: Path, store: str) -> None:
    code = (
        "import sys; from openmidas.cli import main;"
        f"status = main(['read', 'chip', {str(chip)!r}, '--json', '--store', {store!r}]) - 4;"
        f"status += main(['documents', 'trust', '--list', '--store', {store!r}]);"
        "sys.exit(status or 'django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


def test_every_code_has_words() -> None:
    codes = {
        code
        for path in SOURCE.rglob("*.py")
        for found in CODE.findall(path.read_text(encoding="utf-8"))
        for code in found
        if code
    }
    assert len(codes) > 60
    assert codes - FINDINGS.keys() - NOT_POSSIBLE.keys() == set()
    assert STEPS.keys() == STEP_NAMES.keys()
    assert len(OUTCOMES) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_found_is_said(language: Any) -> None:
    chance = random.Random(7)  # noqa: S311  the same bits each time
    files = {"SOD": UTOPIA.sod, **{f"DG{one}": file for one, file in UTOPIA.groups.items()}}
    for _each in range(150):
        spoilt = dict(files)
        name = chance.choice(list(files))
        raw = bytearray(spoilt[name])
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        spoilt[name] = bytes(raw[: chance.choice([None, None, chance.randrange(len(raw))])])
        assert "{" not in chip_as_text(read_chip(spoilt, TrustStore(), at=NOW), language)
        _store, said = import_file(TrustStore(), "x", bytes(raw), by="Issa", at=NOW)
        assert all(word_chip_finding(finding, language) for finding in said.findings)
    assert word_chip_finding(ChipFinding("cut_short", "DG1", ""), language)
