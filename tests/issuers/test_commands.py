"""``midas issuers bring``: what it takes in, what it prints, and how it ends."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from openmidas.cli import main
from openmidas.issuers import services, trusted
from openmidas.issuers.bringing import Found, found_in
from openmidas.issuers.models import RevocationList, SealSigner
from tests.conftest import POST
from tests.documents.chip import made
from tests.documents.chip.made_ldif import download, list_entry, revocations_entry, signer_entry
from tests.documents.chip.made_revocations import revocations
from tests.issuers.conftest import Office
from tests.support.cast import at_node
from tests.support.states import MALI, NIGER, a_list

pytestmark = pytest.mark.django_db
SEALER = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)
NAMES = re.compile(
    r"C=\w\w, CN=(CSCA \w+|List signer|V1)|\b[0-9a-f]{64}\b|[“«].*[”»]|\w+\.(ldif|crl|cer)"
)
"""Of holders, certificates and files: the same in every language."""
IN_BOTH = {"usercertificate", "base", "page"}
BY_OFFICERS = "Master lists and authorities are taken on the page, by officers for lists."


class Terminal:
    """Of the headquarters, where two officers have taken the authority of Niger."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], office: Office) -> None:
        self.folder, self.capsys, self.office = folder, capsys, office

    def brings(self, **files: bytes) -> tuple[int, str, str]:
        """The status with which the command ends, what it prints, and what it prints of failures.

        A name's last ``_`` stands for the dot."""
        paths = []
        for name, data in files.items():
            path = self.folder / ".".join(name.rsplit("_", 1))
            path.write_bytes(data)
            paths.append(str(path))
        status = main(["issuers", "bring", *paths])
        out, err = self.capsys.readouterr()
        return status, out, err


@pytest.fixture
def terminal(
    office: Office,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    office.approved(NIGER)
    return Terminal(tmp_path, capsys, office)


def test_takes_in_what_a_trusted_state_signed(terminal: Terminal) -> None:
    status, out, err = terminal.brings(
        ne_crl=revocations(NIGER, {5: None}, number=7), v1_cer=SEALER.certificate
    )
    assert (status, err) == (0, "")
    assert "ne.crl: list of 1 revoked certificates of C=NE, CN=CSCA Niger, number 7" in out
    assert "v1.cer: certificate of the seal signer C=NE, CN=V1" in out
    assert "Taken in: 2." in out
    assert RevocationList.objects.get().taken_by is None
    assert SealSigner.objects.get().reference == "A1"


def test_a_download_leaves_lists_to_officers_and_ends_well(terminal: Terminal) -> None:
    data = download(
        list_entry(a_list(NIGER, MALI), "NE"),
        revocations_entry(revocations(NIGER)),
        signer_entry(SEALER.certificate),
    )
    status, out, _err = terminal.brings(icao_ldif=data)
    assert status == 0
    assert BY_OFFICERS in out
    assert "Taken in: 2." in out
    assert [one.country for one in trusted().trusted()] == ["NE"]


def test_a_part_that_is_refused_is_told_and_costs_no_other(terminal: Terminal) -> None:
    data = download(revocations_entry(revocations(MALI)), revocations_entry(revocations(NIGER)))
    status, out, _err = terminal.brings(icao_ldif=data)
    assert status == 1
    assert "No certificate of C=ML, CN=CSCA Mali is here." in out
    assert "Taken in: 1." in out


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"x_crl": b"no list"}, "Not taken in."),
        ({"ml_crl": revocations(MALI)}, "No certificate of C=ML, CN=CSCA Mali is here."),
        ({"ne_ml": a_list(NIGER, MALI)}, BY_OFFICERS),
        ({"mali_cer": MALI.certificate}, BY_OFFICERS),
    ],
    ids=["no file of certificates", "of an unknown authority", "a master list", "an authority"],
)
def test_a_file_that_brings_nothing_in_ends_with_one(
    terminal: Terminal, files: dict[str, bytes], said: str
) -> None:
    status, out, _err = terminal.brings(**files)
    assert status == 1
    assert said in out
    assert "Taken in: 0." in out
    assert (trusted().revocations, trusted().signers) == ((), ())


def test_an_older_list_than_is_here_is_told_and_stays_out(terminal: Terminal) -> None:
    assert terminal.brings(new_crl=revocations(NIGER, number=8))[0] == 0
    status, out, _err = terminal.brings(old_crl=revocations(NIGER, number=7))
    assert status == 0
    assert "A newer list of this authority is here already; it stays." in out
    assert "Taken in: 0." in out
    assert RevocationList.objects.get().number == "8"


def test_the_same_file_again_is_no_failure(terminal: Terminal) -> None:
    data = revocations(NIGER)
    assert terminal.brings(ne_crl=data)[0] == 0
    status, out, _err = terminal.brings(ne_crl=data)
    assert status == 0
    assert "Taken in: 0." in out


def test_a_file_that_is_not_there_is_named(terminal: Terminal) -> None:
    assert main(["issuers", "bring", str(terminal.folder / "gone.crl")]) == 1
    assert "gone.crl” cannot be read: there is no such file." in terminal.capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_before_any_is_taken_in(terminal: Terminal) -> None:
    here = terminal.folder / "ne.crl"
    here.write_bytes(revocations(NIGER))
    assert main(["issuers", "bring", str(here), str(terminal.folder / "gone.crl")]) == 1
    assert terminal.capsys.readouterr().out == ""
    assert not RevocationList.objects.exists()


def test_a_file_is_read_when_its_turn_comes(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several downloads at once would not fit into a headquarters' memory."""
    then = terminal.folder / "v1.cer"

    def written_meanwhile(name: str, data: bytes) -> Found:
        then.write_bytes(SEALER.certificate)
        return found_in(name, data)

    monkeypatch.setattr("openmidas.issuers.commands.found_in", written_meanwhile)
    status, out, _err = terminal.brings(ne_crl=revocations(NIGER), v1_cer=b"not yet")
    assert (status, "Taken in: 2." in out) == (0, True)


def test_a_post_gets_them_from_its_headquarters(terminal: Terminal) -> None:
    with at_node(POST):
        status, out, err = terminal.brings(ne_crl=revocations(NIGER))
    assert (status, out) == (1, "")
    assert "Only the headquarters takes these in" in err
    assert not RevocationList.objects.exists()


def test_what_is_only_looked_at_is_told_as_neither_proposed_nor_trusted(terminal: Terminal) -> None:
    _status, out, _err = terminal.brings(
        mali_cer=MALI.certificate, v1_cer=SEALER.certificate, ne_ml=a_list(NIGER, MALI)
    )
    assert "waits for a second person" not in out
    assert "  trusted" not in out
    assert "root" not in out


def test_a_signer_that_was_removed_is_told_and_costs_no_other(terminal: Terminal) -> None:
    assert terminal.brings(v1_cer=SEALER.certificate)[0] == 0
    fingerprint = hashlib.sha256(SEALER.certificate).hexdigest()
    services.remove(terminal.office.mariam, fingerprint, "Seals of another State")
    data = download(signer_entry(SEALER.certificate), revocations_entry(revocations(NIGER)))
    status, out, _err = terminal.brings(icao_ldif=data)
    assert status == 1
    assert "icao.ldif#1: Somebody removed this certificate." in out
    assert "Taken in: 1." in out


def test_at_a_french_terminal_nothing_is_english(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word that is said in English is said in French, but for names and what both languages have."""
    wrong = "dn: c=NE\nuserCertificate;binary:: %%%\n"
    parts = (list_entry(a_list(NIGER, MALI), "NE"), revocations_entry(revocations(NIGER)))
    parts += (revocations_entry(revocations(MALI)), signer_entry(SEALER.certificate), wrong)
    said = {}
    for lang in ("en", "fr"):
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", lang)
        _status, out, _err = terminal.brings(
            icao_ldif=download(*parts), x_crl=b"no list", mali_cer=MALI.certificate
        )
        assert main(["issuers", "bring", str(terminal.folder / "gone.crl")]) == 1
        said[lang] = out + terminal.capsys.readouterr().err
    assert "valable jusqu’au 2027-01-01" in said["fr"]
    assert "entrée 5 : " in said["fr"]
    assert "ne peut pas être lu : il n’existe pas." in said["fr"]
    english, french = (
        set(re.findall(r"[^\W\d]{2,}", NAMES.sub("", said[lang]))) for lang in ("en", "fr")
    )
    assert english & french == IN_BOTH


def test_entries_that_cannot_be_read_end_with_one(terminal: Terminal) -> None:
    wrong = "dn: c=NE\nuserCertificate;binary:: %%%\n"
    status, out, _err = terminal.brings(
        icao_ldif=download(revocations_entry(revocations(NIGER)), wrong)
    )
    assert status == 1
    assert "entry 2: " in out
    assert "Taken in: 1." in out
