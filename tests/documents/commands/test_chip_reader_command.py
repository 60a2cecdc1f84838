"""``midas read chip --reader``, over a `pyscard` of our own in the place of the real one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from openmidas.documents.chip import import_file, save
from openmidas.documents.commands import main
from openmidas.documents.commands.languages import LANGUAGES
from tests.documents.chip.made import MRZ, NOW, Signed, StateOfOurs, hashes_of, sod_of
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_authentication import trusting
from tests.documents.chip.virtual import VirtualChip, files_of, pace_info
from tests.documents.chip.virtual_proofs import Prover, group_15

UTOPIA = StateOfOurs()
KEYS = {name: rsa.generate_private_key(65537, 1024) for name in ("own", "other")}  # noqa: S505  as chips have
NAME = "Omnikey 5022 00 00"
Command = Callable[..., tuple[int, str, str]]


class CardError(Exception):
    """As pyscard has them."""


class ReaderOfOurs:
    """A reader with a chip on it, or none."""

    def __init__(self, name: str, chip: VirtualChip | None) -> None:
        self.name, self.chip = name, chip
        self.open = False

    def __str__(self) -> str:
        return self.name

    def createConnection(self) -> ReaderOfOurs:  # noqa: N802  pyscard's name
        return self

    def connect(self) -> None:
        if self.chip is None:
            raise CardError
        self.open = True

    def disconnect(self) -> None:
        self.open = False

    def transmit(self, command: list[int]) -> tuple[list[int], int, int]:
        assert self.chip is not None
        if self.chip.selected == 0x0102:
            raise CardError("Card was removed.")
        answer = self.chip(bytes(command))
        return list(answer[:-2]), answer[-2], answer[-1]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> list[ReaderOfOurs]:
    """The readers of the machine, to be filled."""
    readers: list[ReaderOfOurs] = []
    for name, holds in (
        ("smartcard", {}),
        ("smartcard.System", {"readers": lambda: list(readers)}),
        ("smartcard.Exceptions", {"SmartcardException": CardError}),
        ("smartcard.pcsc", {}),
        ("smartcard.pcsc.PCSCExceptions", {"BaseSCardException": CardError}),
    ):
        module = ModuleType(name)
        vars(module).update(holds)
        monkeypatch.setitem(sys.modules, name, module)
    return readers


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    def run(*options: str, lang: str = "en") -> tuple[int, str, str]:
        store = str(tmp_path / "trust.json")
        status = main(["chip", *options, "--store", store, "--today", "2026-11-27", "--lang", lang])
        said = capfd.readouterr()
        return status, said.out, said.err

    return run


def chip(*infos: bytes) -> VirtualChip:
    groups = {one: file for one, file in UTOPIA.groups.items() if one != 2}
    return VirtualChip(files_of(groups, UTOPIA.sod, *infos))


def test_a_chip_on_the_only_reader(desk: list[ReaderOfOurs], run: Command, tmp_path: Path) -> None:
    desk.append(ReaderOfOurs(NAME, chip(pace_info("AES-128", 13))))
    folder = tmp_path / "kept"
    status, out, _err = run("--reader", "--mrz", MRZ, "--json", "--save", str(folder))
    answer: dict[str, Any] = json.loads(out)
    assert (status, answer["access"], answer["cipher"]) == (4, "PACE", "AES-128")
    assert answer["outcome"] == "issuer_unknown"
    assert answer["mrz"]["number"] == "L898902C3"
    assert (folder / "EF.DG1").read_bytes() == UTOPIA.groups[1]
    assert not desk[0].open
    again = json.loads(run(str(folder), "--json")[1])
    assert (again["outcome"], again["access"]) == ("issuer_unknown", None)
    assert run("--reader", "--mrz", MRZ, "--save", str(folder))[0] == 2


@pytest.mark.parametrize(("lang", "said"), [("en", "Opened by"), ("fr", "Ouverte par")])
def test_bac_in_words(desk: list[ReaderOfOurs], run: Command, lang: str, said: str) -> None:
    desk.append(ReaderOfOurs(NAME, chip(pace_info("AES-128", 13))))
    status, out, _err = run("--reader", "omnikey", "--bac", "--mrz", MRZ, lang=lang)
    assert (status, f"{said} BAC (3DES)." in out) == (4, True)


@pytest.mark.parametrize(
    ("key", "lang", "said", "outcome"),
    [
        ("own", "en", "Original: the chip has proved", "passed"),
        ("own", "fr", "Originale : la puce a prouvé", "passed"),
        ("other", "en", "A COPY:", "failed"),
        ("other", "fr", "UNE COPIE :", "failed"),
    ],
)
def test_original_or_copy(
    desk: list[ReaderOfOurs],
    run: Command,
    tmp_path: Path,
    key: str,
    lang: str,
    said: str,
    outcome: str,
) -> None:
    trust = trusting(UTOPIA.authority.certificate)
    listed = revocations(UTOPIA.authority, until=datetime(2036, 1, 1, tzinfo=UTC))
    trust, _said = import_file(trust, "ut.crl", listed, by="Issa", at=NOW)
    save(tmp_path / "trust.json", trust)
    groups = {1: UTOPIA.groups[1], 15: group_15(KEYS["own"])}
    files = files_of(groups, sod_of(Signed(hashes_of(groups), UTOPIA.signer)))
    desk.append(ReaderOfOurs(NAME, VirtualChip(files, prover=Prover(active=KEYS[key]))))
    status, out, _err = run("--reader", "--mrz", MRZ, lang=lang)
    assert (status, said in out.splitlines()[1]) == ({"passed": 0, "failed": 3}[outcome], True)
    answer = json.loads(run("--reader", "--mrz", MRZ, "--json", lang=lang)[1])
    assert (answer["outcome"], answer["originality"]["outcome"]) == ("valid", outcome)
    assert [one["outcome"] for one in answer["steps"] if one["name"] == "active"] == [outcome]


def test_a_document_that_is_taken_away(desk: list[ReaderOfOurs], run: Command) -> None:
    desk.append(ReaderOfOurs(NAME, VirtualChip(files_of(UTOPIA.groups, UTOPIA.sod))))
    status, out, _err = run("--reader", "--mrz", MRZ, "--json")
    found = json.loads(out)["findings"]
    assert status == 4
    assert next((one["code"], one["field"]) for one in found) == ("chip_gone", "DG2")


@pytest.mark.parametrize(
    ("options", "chips", "said"),
    [
        (
            ["--reader", "--mrz", MRZ.replace("C36UTO", "C40UTO")],
            1,
            "The chip does not open (answer 6300)",
        ),
        (["--reader", "--can", "999999"], 1, "The chip does not open (answer 6300)"),
        (["--reader", "--can", "12"], 1, "at least six digits"),
        (["--reader", "--mrz", "P<"], 1, "The zone cannot open a chip"),
        (["--reader", "--mrz", MRZ], 0, "There is no chip in the reader"),
        (["--reader", "Desko", "--mrz", MRZ], 1, f"Readers here: {NAME}."),
        (["--reader", "--mrz", MRZ], None, "Readers here: –."),
        (["--reader"], 1, "give --mrz or --can"),
        ([], 1, "one of the two"),
    ],
)
def test_what_does_not_work_is_said(
    desk: list[ReaderOfOurs], run: Command, options: list[str], chips: int | None, said: str
) -> None:
    if chips is not None:
        desk.append(ReaderOfOurs(NAME, chip(pace_info("AES-128", 13)) if chips else None))
    status, out, err = run(*options)
    assert status in (1, 2)
    assert not out
    assert said in err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_pyscard_it_is_said_what_to_install(
    run: Command, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.delitem(sys.modules, "smartcard.System", raising=False)
    status, _out, err = run("--reader", "--mrz", MRZ, lang=lang)
    assert status == 1
    assert "python3-pyscard" in err
    assert ("demande" in err) == (lang == "fr")
