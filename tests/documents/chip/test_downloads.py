"""Downloads of ICAO's directory, with real master lists and with what is ours."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import Any

import pytest

from openmidas.documents.chip import (
    Imported,
    TrustStore,
    import_all,
    import_all_confined,
    importing_confined,
    look_through_confined,
)
from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES, MOST_PARTS, MOST_TOLD
from openmidas.documents.confining import run_confined
from tests.documents.chip import made
from tests.documents.chip.made import MASTER_LIST, NOW, Holder, Signed
from tests.documents.chip.made_ldif import (
    download,
    entry,
    list_entry,
    revocations_entry,
    signer_entry,
)
from tests.documents.chip.made_revocations import revocations
from tests.documents.chip.test_real_states import DATA, LISTS
from tests.support.states import KEY, LISTER, MALI, NIGER, a_list, a_list_with_unread

CHIPS_SIGNER = made.certify(made.named("NE", "Passports 7"), KEY, NIGER, serial=70)
SEALER = made.certify(made.named("NE", "V1"), made.new_key(), NIGER, serial=0xA1)


@cache
def of_ours() -> bytes:
    return download(
        entry("c=NE,dc=data,dc=download,dc=pkd,dc=icao,dc=int"),
        signer_entry(CHIPS_SIGNER.certificate),
        signer_entry(SEALER.certificate),
        revocations_entry(revocations(NIGER, {70: None}, number=3)),
        list_entry(a_list(NIGER, MALI), "NE", "pkdConformanceText: ERR:CSCA.KEU.0"),
    )


def taken(data: bytes, store: TrustStore | None = None) -> tuple[TrustStore, list[Imported]]:
    after, said = import_all(store or TrustStore(), "icao.ldif", data, by="Issa", at=NOW)
    return after, list(said)


def codes(said: Imported) -> list[str]:
    return [one.code for one in said.findings if not one.informative]


def test_the_real_lists_of_two_states_come_in_from_one_file() -> None:
    lists = [(DATA / name).read_bytes() for name in LISTS]
    data = download(*(list_entry(one) for one in lists))
    store, said = import_all_confined(TrustStore(), "002.ldif", data, by="Issa", at=NOW)
    whole, german, dutch = said
    assert (whole.kind, whole.loaded, whole.accepted) == ("download", 2, True)
    assert (german.file, german.loaded, german.accepted) == ("002.ldif#1", 580, True)
    assert (dutch.file, dutch.loaded, dutch.accepted) == ("002.ldif#2", 412, True)
    assert german.signer
    assert german.root.startswith("C=DE")
    assert german.new + dutch.new == len(store.entries) > 580
    assert [one.file for one in store.lists] == ["002.ldif#1", "002.ldif#2"]


def test_lists_come_before_what_those_sign_whom_they_bring() -> None:
    store, said = taken(of_ours())
    whole, *parts = said
    assert (whole.loaded, whole.passed) == (3, 1)
    assert [(one.kind, one.file, one.accepted) for one in parts] == [
        ("list", "icao.ldif#5", True),
        ("revocations", "icao.ldif#4", True),
        ("signer", "icao.ldif#3", True),
    ]
    assert [(one.signer, one.reference) for one in store.signers] == [("NEV1", "A1")]
    assert len(store.revocations) == 1


def test_what_icao_says_of_an_entry_is_told() -> None:
    _store, said = taken(of_ours())
    (told,) = (one for one in said[1].findings if one.code == "pkd_remark")
    assert told.params == {"text": "ERR:CSCA.KEU.0"}
    assert told.informative


def test_each_part_that_is_refused_says_why_and_costs_no_other() -> None:
    forged = made.certify(made.named("NE", "V2"), made.new_key(), Holder(*_stranger()), serial=2)
    changed = bytearray(a_list(NIGER, MALI, signer=LISTER))
    changed[-1] ^= 1
    data = download(
        list_entry(bytes(changed)),
        "dn: c=NE\nuserCertificate;binary:: %%%\n",
        signer_entry(b"\x30\x03\x02\x01\x01"),
        list_entry(a_list(NIGER)),
        signer_entry(forged.certificate),
        revocations_entry(revocations(MALI, number=1)),
    )
    store, said = taken(data)
    whole, bad_list, good_list, unknown, forgery = said
    assert [(one.field, one.params["place"], one.code) for one in whole.unread] == [
        ("entry", "2", "ldif_base64"),
        ("entry", "3", "cut_short"),
    ]
    assert codes(bad_list) == ["signature_wrong"]
    assert good_list.accepted
    assert codes(unknown) == ["issuer_unknown"]
    assert codes(forgery) == ["certificate_signature_wrong"]
    assert (store.signers, store.revocations) == ((), ())


def test_a_list_of_an_endless_version_costs_no_other() -> None:
    content = made.master_list([MALI.certificate], version=1 << 16_000)
    bundle = (LISTER.certificate, NIGER.certificate)
    endless = Signed(content, LISTER, MASTER_LIST, certificates=bundle).written()
    _store, said = taken(download(list_entry(endless), list_entry(a_list(NIGER))))
    assert [(codes(one), one.accepted) for one in said[1:]] == [
        (["number_not_allowed"], False),
        ([], True),
    ]


def test_unread_certificates_of_all_lists_together_are_bounded() -> None:
    """A small file may have half a million: each takes two octets, and its reason some hundred times that."""
    data = download(*[list_entry(a_list_with_unread(600)) for _ in range(3)])
    looked = look_through_confined(TrustStore(), "icao.ldif", data, by="Issa", at=NOW)
    _store, taken_in = taken(data)
    for parts in ([said for _part, said in looked.parts], taken_in[1:]):
        assert [one.accepted for one in parts] == [True] * 3
        assert [len(one.unread) for one in parts] == [600, MOST_TOLD - 600, 0]
        assert [one.untold for one in parts] == [0, 1200 - MOST_TOLD, 600]


def _stranger() -> tuple[object, ...]:
    """Somebody who calls himself as the authority of Niger does, down to the name of its key."""
    return made.new_key(), NIGER.name, NIGER.key_id, NIGER.certificate, NIGER.serial


def test_looking_takes_nothing_and_believes_no_other_part() -> None:
    looked = look_through_confined(TrustStore(), "icao.ldif", of_ours(), by="Issa", at=NOW)
    assert (looked.whole.loaded, looked.whole.passed) == (3, 1)
    assert [(part.place, said.accepted) for part, said in looked.parts] == [
        (5, True),
        (4, False),
        (3, False),
    ]
    assert [codes(said) for _part, said in looked.parts][1:] == [["issuer_unknown"]] * 2


def test_a_download_without_anything_of_use() -> None:
    _store, (whole,) = taken(download(signer_entry(CHIPS_SIGNER.certificate)))
    assert (whole.accepted, codes(whole), whole.passed) == (False, ["ldif_nothing"], 1)


def test_a_file_that_is_none_is_one_thing_as_before() -> None:
    _store, (one,) = taken(a_list(NIGER))
    assert (one.kind, one.accepted) == ("list", True)


@pytest.mark.parametrize(
    "data",
    [
        b"dn: c=UT\na:: " + b"A" * 20_000_000,
        b"dn: c=UT\na: 1\n" + b" \n" * 1_000_000,
        b"dn: c=UT\n" + b"\n" * 1_000_000,
        b"version: 1\n" + b"a\n\n" * 500_000,
        b"dn: c=UT\n" * 1_000_000,
    ],
)
def test_a_hostile_file_gets_an_answer(data: bytes) -> None:
    store, (said,) = import_all_confined(TrustStore(), "x.ldif", data, by="Issa", at=NOW)
    assert set(codes(said)) <= {"ldif_nothing", "too_many_parts", "reading_failed"}
    assert not said.accepted
    assert store == TrustStore()


@pytest.mark.parametrize(
    ("attribute", "most"), [("cACertificate", MOST_PARTS), ("userCertificate", MOST_TOLD)]
)
def test_many_parts_in_a_small_file_are_refused(attribute: str, most: int) -> None:
    """Each costs a hundred times the line that it stands in."""
    lines = "\n".join([f"{attribute}:: MA=="] * 490)
    entries = [entry(f"cn={number}", also=lines) for number in range(most // 490 + 1)]
    _store, (said,) = taken(download(*entries))
    assert (said.accepted, codes(said), said.findings[0].params) == (
        False,
        ["too_many_parts"],
        {"most": str(most)},
    )


def test_an_answer_larger_than_its_reader_takes_is_cut_and_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever asks holds all that is sent before it can measure it."""
    sent = []

    def asked(_module: object, *more: Any) -> subprocess.CompletedProcess[bytes]:
        child = (
            f"import {importing_confined.__name__} as child; child.MOST_ANSWER = 100; child.main()"
        )
        sent.append(run_confined(("-c", child), *more))
        return sent[-1]

    monkeypatch.setattr(importing_confined, "MOST_ANSWER", 100)
    monkeypatch.setattr(importing_confined, "run_confined", asked)
    data = download(entry("cn=1", ("cACertificate", b"0")))
    looked = look_through_confined(TrustStore(), "x.ldif", data, by="Issa", at=NOW)
    assert (looked.parts, codes(looked.whole)) == ((), ["too_much_at_once"])
    assert [len(one.stdout) for one in sent] == [101]


def test_a_file_larger_than_any_download_is_not_opened() -> None:
    data = b"dn: c=UT\n" + bytes(MOST_DOWNLOAD_BYTES)
    _store, (said,) = import_all_confined(TrustStore(), "x.ldif", data, by="Issa", at=NOW)
    assert codes(said) == ["too_large"]
