"""``midas read seal`` and ``midas documents seal write``."""

from __future__ import annotations

import io
import json
import os
import re
import string
import subprocess
import sys
from pathlib import Path
from ssl import DER_cert_to_PEM_cert
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from openmidas.cli import main as midas
from openmidas.documents.commands import main, main_documents
from openmidas.documents.commands.languages import LANGUAGES
from openmidas.documents.commands.seal_options import CODES
from openmidas.documents.commands.seal_words import SEAL_FINDINGS
from openmidas.documents.commands.statuses import DONE, FAILED, INVALID, UNPROVEN
from openmidas.documents.seals import draw
from openmidas.documents.seals.codes import KINDS
from tests.documents.receipts.made import OTHER, STATE, code
from tests.documents.seals.made import (
    STAMP_FIELDS,
    VISA,
    australian,
    certificate,
    key,
    seal,
    vectors,
)

SEALS = Path(__file__).parents[3] / "src" / "openmidas" / "documents" / "seals"
KEYS = [
    *("file", "format", "code", "kind", "issuer", "signer", "reference", "issued", "signed"),
    *("fields", "unknown", "message", "zone", "outcome", "checks", "checked_with", "findings"),
]


@pytest.fixture
def signer(tmp_path: Path) -> tuple[str, str]:
    """Files with a key and its certificate."""
    of_key, of_certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    of_key.write_bytes(key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    of_certificate.write_bytes(DER_cert_to_PEM_cert(certificate(key()).der).encode())
    return str(of_key), str(of_certificate)


def answers(capfdbinary: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_a_seal_a_line(
    tmp_path: Path, signer: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    picture, raw, nothing = tmp_path / "visa.png", tmp_path / "visa.bin", tmp_path / "x"
    picture.write_bytes(draw(seal()))
    raw.write_bytes(seal())
    nothing.write_bytes(b"x")
    files = [str(picture), str(raw), str(nothing)]

    assert main(["seal", *files, "--signer", signer[1], "--json", "--lang", "en"]) == FAILED

    one, two, none = answers(capfdbinary)
    assert list(one) == list(none) == KEYS
    assert (one["code"], one["outcome"]) == ("Data Matrix", "valid")
    assert (one["kind"], one["fields"]["passport_number"]) == ("visa", VISA["passport_number"])
    assert (one["zone"]["format"], one["zone"]["surname"]) == ("MRV-B", "DIALLO")
    assert one | {"file": "", "code": ""} == two | {"file": ""}
    assert (none["format"], none["outcome"]) == (None, "not_performed")
    assert none["findings"] == [
        {
            "code": "not_a_seal",
            "field": "seal",
            "message": "This is no digital seal.",
            "paragraph": "Doc 9303-13",
        }
    ]


def test_what_is_not_known_is_shown(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "seal.bin"
    file.write_bytes(vectors()["meldebescheinigung"])
    assert main(["seal", str(file), "--json"]) == UNPROVEN
    (answer,) = answers(capfdbinary)
    assert answer["outcome"] == "issuer_unknown"
    assert {"tag": "0c", "bytes": b"Berlin".hex()} in answer["unknown"]


def test_a_receipt_says_what_the_post_signed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "receipt.txt"
    file.write_text(code(), encoding="utf-8")
    for keys, outcome, status in (
        (["--state-key", STATE.hex()], "valid", DONE),
        ([], "issuer_unknown", UNPROVEN),
    ):
        assert main(["seal", str(file), "--json", *keys]) == status
        (answer,) = answers(capfdbinary)
        assert (answer["format"], answer["kind"], answer["outcome"]) == (
            *("receipt", "entry_stamp"),
            outcome,
        )
        assert answer["fields"] == (STAMP_FIELDS if keys else {})


def test_a_person_is_told_first_what_it_is_worth(
    tmp_path: Path, signer: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seal.bin"
    file.write_bytes(seal(extra=b"\1\2"))
    assert main(["seal", str(file), "--signer", signer[1], "--lang", "fr"]) == UNPROVEN
    told = capfd.readouterr().out
    assert told.startswith(f"{file}  authentique  visa  MLI  MLPF\n")
    assert "On n’a pas vérifié si le certificat a été révoqué" in told
    assert "  [63]: 0102\n" in told
    file.write_text(australian()["invalidVDSJson"], encoding="utf-8")
    assert main(["seal", str(file), "--lang", "fr"]) == INVALID
    assert "PAS authentique" in capfd.readouterr().out


def test_nobody_listening_does_not_make_a_seal_genuine(tmp_path: Path) -> None:
    file = tmp_path / "seal.bin"
    file.write_text(australian()["invalidVDSJson"], encoding="utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "openmidas.cli", "read", "seal", str(file)]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert done.returncode == FAILED


def test_a_picture_without_a_code_is_answered(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from PIL import Image

    written = io.BytesIO()
    Image.new("L", (90, 90), 255).save(written, "PNG")
    file = tmp_path / "empty.png"
    file.write_bytes(written.getvalue())
    (tmp_path / "broken.png").write_bytes(written.getvalue()[:60])
    assert main(["seal", str(file), str(tmp_path / "broken.png"), "--json"]) == FAILED
    codes = [answer["findings"][0]["code"] for answer in answers(capfdbinary)]
    assert codes == ["no_code", "picture_unreadable"]


def test_what_cannot_be_opened_is_said_and_the_rest_is_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seal.bin"
    file.write_bytes(seal())
    assert main(["seal", str(tmp_path / "none"), str(file), "--lang", "en"]) == 1
    told = capfd.readouterr()
    assert "cannot be read" in told.err
    assert "visa" in told.out


def test_a_file_larger_than_any_picture_is_told_in_megabytes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "huge"
    with file.open("wb") as opened:
        opened.truncate(50 * 1024**2)
    assert main(["seal", str(file), "--lang", "fr"]) == FAILED
    assert "dépasse 20 mégaoctets" in capfd.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--signer", "{file}"], ["--state-key", "xy"], ["--state-key", "00"]]
)
def test_whom_to_believe_is_told_rightly(
    wrong: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "seal.bin"
    file.write_bytes(seal())
    assert main(["seal", str(file), *(part.format(file=file) for part in wrong)]) == 1
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("kind", CODES)
def test_a_seal_is_written_and_read_again(
    kind: str, tmp_path: Path, signer: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    said, out = tmp_path / "stamp.json", tmp_path / "stamp.png"
    said.write_text(
        json.dumps(
            {"kind": "entry_stamp", "issuer": "MLI", "signed": "2026-11-25", "fields": STAMP_FIELDS}
        )
    )
    line = ["documents", "seal", "write", str(said), "--key", signer[0], "--certificate", signer[1]]
    assert midas([*line, "--out", str(out), "--code", kind]) == 0
    capfdbinary.readouterr()
    assert main(["seal", str(out), "--signer", signer[1], "--json"]) == UNPROVEN
    (answer,) = answers(capfdbinary)
    assert (answer["outcome"], answer["fields"]) == ("valid", STAMP_FIELDS)
    assert (answer["issued"], answer["reference"]) == ("2026-11-25", "1F")


def test_a_receipt_is_written_as_a_stamp_for_other_verifiers(
    tmp_path: Path, signer: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    said, out = tmp_path / "said.json", tmp_path / "stamp.bin"
    line = ["seal", "write", str(said), "--key", signer[0], "--certificate", signer[1]]
    for state_key, status in ((OTHER.hex(), 1), ("xy", 1), (STATE.hex(), 0)):
        asked = {"kind": "entry_stamp", "receipt": code(), "state_key": state_key}
        said.write_text(json.dumps(asked))
        assert main_documents([*line, "--out", str(out)]) == status
        assert out.exists() is (status == 0)
    capfdbinary.readouterr()
    assert main(["seal", str(out), "--signer", signer[1], "--json"]) == UNPROVEN
    (answer,) = answers(capfdbinary)
    assert (answer["issuer"], answer["issued"]) == ("MLI", "2026-11-25")
    assert (answer["outcome"], answer["fields"]) == ("valid", STAMP_FIELDS)


def test_a_vdsnc_is_written_as_bytes(
    tmp_path: Path, signer: tuple[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    said, out = tmp_path / "said.json", tmp_path / "seal.json"
    said.write_text(
        json.dumps({"kind": "vds-nc", "type": "icao.test", "issuer": "MLI", "message": {"n": "D"}})
    )
    line = ["seal", "write", str(said), "--key", signer[0], "--certificate", signer[1]]
    assert main_documents([*line, "--out", str(out)]) == 0
    capfdbinary.readouterr()
    given = ["--signer", signer[1], "--json", "--today", "2026-11-25"]
    assert main(["seal", str(out), *given]) == UNPROVEN
    (answer,) = answers(capfdbinary)
    assert (answer["format"], answer["outcome"], answer["message"]) == (
        "vds-nc",
        "valid",
        {"n": "D"},
    )


@pytest.mark.parametrize(
    "said",
    [
        "{",
        '{"kind": "visa"}',
        '{"kind": "nothing", "issuer": "MLI"}',
        '{"kind": "visa", "issuer": "MLI", "fields": {}}',
        '{"kind": "visa", "issuer": "MLI", "more": 1}',
        '{"kind": "entry_stamp", "issuer": "mali", "fields": {}}',
    ],
)
def test_what_cannot_be_sealed_is_said(
    said: str, tmp_path: Path, signer: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "said.json", tmp_path / "seal.bin"
    file.write_text(said)
    line = ["seal", "write", str(file), "--key", signer[0], "--certificate", signer[1]]
    assert main_documents([*line, "--out", str(out)]) == 1
    assert capfd.readouterr().err.startswith("midas: ")
    assert not out.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "visa", "\x1b[31mX\nmidas: Z": 1},
        {"kind": "visa", "issuer": "MLI", "fields": {"\x1b[31mX\nmidas: Z": "1"}},
    ],
    ids=["a name of no field", "a name of no feature"],
)
def test_what_is_to_be_sealed_steers_no_terminal(
    said: dict[str, Any],
    tmp_path: Path,
    signer: tuple[str, str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "said.json"
    file.write_text(json.dumps(said))
    line = ["seal", "write", str(file), "--key", signer[0], "--certificate", signer[1]]
    assert main_documents([*line, "--out", str(tmp_path / "seal.bin")]) == FAILED
    told = capfd.readouterr().err
    assert "\\x1b[31mX\\nmidas: Z" in told
    assert "\x1b" not in told
    assert told.count("\n") == 1


def test_a_zone_that_is_not_right_is_not_sealed(
    tmp_path: Path, signer: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    said, out = tmp_path / "said.json", tmp_path / "seal.bin"
    asked = json.dumps({"kind": "visa", "issuer": "MLI", "signed": "2026-11-25", "fields": VISA})
    line = ["seal", "write", str(said), "--key", signer[0], "--certificate", signer[1]]
    for text, status in ((asked.replace("7408122M", "74O8122M"), 1), (asked, 0)):
        said.write_text(text)
        assert main_documents([*line, "--out", str(out), "--lang", "fr"]) == status
        assert out.exists() is (status == 0)
    assert "naissance : « 74O812 » a été pris pour « 740812 »." in capfd.readouterr().err


def test_keys_and_places_are_told_rightly(
    tmp_path: Path, signer: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "said.json"
    said.write_text(json.dumps({"kind": "entry_stamp", "issuer": "MLI", "fields": STAMP_FIELDS}))
    other = tmp_path / "other.pem"
    other.write_bytes(DER_cert_to_PEM_cert(certificate(key(3)).der).encode())
    told: list[str] = []
    for of_key, of_certificate, out in (
        (signer[1], signer[1], tmp_path / "out"),
        (signer[0], str(other), tmp_path / "out"),
        (*signer, tmp_path / "no" / "out"),
    ):
        line = ["seal", "write", str(said), "--key", of_key, "--certificate", of_certificate]
        assert main_documents([*line, "--out", str(out), "--lang", "fr"]) == 1
        told.append(capfd.readouterr().err)
    assert all(said.startswith("midas: ") for said in told)
    assert "certificat (certificate) : il appartient à une autre clé." in told[1]


def test_every_finding_has_its_sentences() -> None:
    told = {
        code
        for file in SEALS.glob("*.py")
        for code in re.findall(r'(?:finding|NotASeal|_not_performed)\(\s*"(\w+)"', file.read_text())
    }
    assert told - {"not_a_stamp"} <= set(SEAL_FINDINGS)
    fields = string.Formatter().parse
    for english, french in SEAL_FINDINGS.values():
        assert {one[1] for one in fields(english)} == {one[1] for one in fields(french)}
    assert len(LANGUAGES) == 2
    assert CODES == KINDS


def test_reading_zones_does_not_wait_for_what_seals_need() -> None:
    told = "import sys, openmidas.documents.commands\nprint({'zxingcpp', 'cryptography'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
