"""Whether a chip is a copy, over the virtual chip: it has its private keys, or is a copy that lacks them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openmidas.documents.chip import AgreedKeys, ChipProofs, ChipReading, TrustStore, read_chip
from openmidas.documents.chip.access import ChipFiles, read_files
from openmidas.documents.chip.curves import Curve
from tests.documents.chip.made import NOW, Signed, StateOfOurs, hashes_of, sod_of
from tests.documents.chip.test_access_reading import AES, ZONE
from tests.documents.chip.test_authentication import trusting
from tests.documents.chip.virtual import VirtualChip, by_name, card_access, files_of
from tests.documents.chip.virtual_proofs import (
    InNumbers,
    OnCurve,
    Prover,
    active_info,
    chip_info,
    group_14,
    group_15,
)

RSA = rsa.generate_private_key(65537, 1024)  # noqa: S505  what chips have
LONG = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.BrainpoolP256R1())
OTHER = rsa.generate_private_key(65537, 1024)  # noqa: S505
CURVE = OnCurve(by_name("brainpoolP256r1"))
GONE = b"\x90\x00"


@cache
def utopia() -> StateOfOurs:
    return StateOfOurs()


@cache
def store() -> TrustStore:
    return trusting(utopia().authority.certificate)


def chip(prover: Prover | None, *infos: bytes, key: object = None, **more: object) -> VirtualChip:
    """A chip that Utopia signed, with what it says of its keys, and who answers for it."""
    groups = utopia().groups | ({15: group_15(key)} if key else {})  # type: ignore[arg-type]  # a key
    groups |= {14: group_14(*infos)} if infos else {}
    sod = sod_of(Signed(hashes_of(groups), utopia().signer))
    files = files_of(groups, sod)
    return VirtualChip(files, prover=prover, **more)  # type: ignore[arg-type]  # as named


def read(made: VirtualChip, trust: TrustStore | None = None) -> ChipReading:
    found = read_files(made, ZONE)
    return judged(found, trust)


def judged(found: ChipFiles, trust: TrustStore | None = None) -> ChipReading:
    trust = store() if trust is None else trust
    return read_chip(found.files, trust, at=NOW, proofs=found.proofs)


def steps(reading: ChipReading) -> dict[str, tuple[str, str]]:
    """Each of the two: what came out, and the code of what was found."""
    return {
        one.name: (one.outcome, one.findings[0].code if one.findings else "")
        for one in reading.proofs
    }


@pytest.mark.parametrize(
    ("key", "name", "infos"),
    [
        (RSA, "sha1", ()),
        (RSA, "sha256", ()),
        (LONG, "sha256", ()),
        (EC, "sha384", (active_info("sha384"),)),
    ],
)
def test_the_original_signs(key: object, name: str, infos: tuple[bytes, ...]) -> None:
    prover = Prover(active=key, name=name)  # type: ignore[arg-type]  # a key
    reading = read(chip(prover, *infos, key=key))
    assert (reading.authentication.outcome, reading.originality) == ("valid", "passed")
    assert steps(reading)["active"] == ("passed", "")


def test_each_chip_is_asked_something_else() -> None:
    prover = Prover(active=RSA)
    for _each in range(2):
        read(chip(prover, key=RSA))
    assert len(set(prover.challenges)) == 2


WAYS = [
    *((cipher, by_name("brainpoolP256r1")) for cipher in ("3DES", "AES-128", "AES-192", "AES-256")),
    ("AES-128", by_name("secp224r1")),
    ("AES-256", by_name("secp521r1")),
    ("3DES", None),
    ("AES-128", "PKCS #3"),
    ("AES-256", None),
]


@pytest.mark.parametrize(("cipher", "curve"), WAYS)
@pytest.mark.parametrize("infos", [(), (AES,)])
def test_the_original_agrees_on_keys(cipher: str, curve: object, infos: tuple[bytes, ...]) -> None:
    own = OnCurve(curve) if isinstance(curve, Curve) else InNumbers(pkcs=bool(curve))
    prover = Prover(own=own)
    made = chip(prover, own.info(), chip_info(cipher, own.agreement), *infos)
    made.files |= {0x011C: card_access(*infos)} if infos else {}
    found = read_files(made, ZONE)
    assert found.proofs.keys == AgreedKeys(cipher)
    reading = judged(found)
    assert (reading.authentication.outcome, reading.originality) == ("valid", "passed")
    assert steps(reading) == {
        "active": ("not_performed", "proof_not_offered"),
        "chip": ("passed", ""),
    }


def test_an_old_chip_that_names_its_key_only() -> None:
    reading = read(chip(Prover(own=CURVE), CURVE.info()))
    assert steps(reading)["chip"] == ("passed", "")


def test_the_best_of_several_ways_with_the_key_that_it_names() -> None:
    second = OnCurve(by_name("secp384r1"))
    infos = (CURVE.info(1), second.info(2), chip_info("3DES", 2, 1), chip_info("AES-256", 2, 2))
    found = read_files(chip(Prover(own=second, key_id=2), *infos), ZONE)
    assert found.proofs.keys
    assert (found.proofs.keys.cipher, judged(found).originality) == ("AES-256", "passed")


class Repeating(Prover):
    """Says again what the original said once."""

    def answer(self, ins: int, p2: int, data: bytes) -> bytes:
        return super().answer(ins, p2, bytes(8) if ins == 0x88 else data)


COPIES: dict[str, tuple[Callable[[], VirtualChip], str]] = {
    "has no key to sign": (lambda: chip(Prover(), key=RSA), "chip_refused"),
    "does not know the command": (lambda: chip(None, key=RSA), "chip_refused"),
    "signs with another key": (lambda: chip(Prover(active=OTHER), key=RSA), "active_wrong"),
    "repeats an answer": (lambda: chip(Repeating(active=RSA), key=RSA), "active_wrong"),
    "answers nothing": (lambda: chip(Prover(refusal=GONE), key=RSA), "active_wrong"),
    "has no key to agree": (lambda: chip(Prover(), CURVE.info()), "chip_refused"),
    "agrees with another key": (
        lambda: chip(Prover(own=OnCurve(CURVE.curve)), CURVE.info()),
        "keys_not_shared",
    ),
    "agrees with another key of numbers": (
        lambda: chip(Prover(own=InNumbers()), InNumbers().info(), chip_info("AES-128", 1)),
        "keys_not_shared",
    ),
    "says yes and goes on as before": (
        lambda: chip(Prover(refusal=GONE), CURVE.info()),
        "keys_not_shared",
    ),
}


@pytest.mark.parametrize(("made", "code"), COPIES.values(), ids=COPIES)
def test_a_copy_has_all_files_and_fails(made: Callable[[], VirtualChip], code: str) -> None:
    reading = read(made())
    assert (reading.authentication.outcome, reading.originality) == ("valid", "failed")
    assert ("failed", code) in steps(reading).values()


@pytest.mark.parametrize(("group", "name"), [(15, "active"), (14, "chip")])
@pytest.mark.parametrize("listed", [True, False])
def test_a_copy_that_keeps_back_its_key(group: int, name: str, listed: bool) -> None:
    """EF.COM is not signed: whether the chip has a key says EF.SOD."""
    made = chip(Prover(active=RSA, own=CURVE), CURVE.info(), key=RSA)
    del made.files[0x0100 + group]
    if not listed:
        kept = {one: b"" for one in (1, 2, 11, 14, 15) if one != group}
        made.files[0x011E] = files_of(kept, b"")[0x011E]
    reading = read(made)
    assert (reading.authentication.outcome, reading.originality) == ("valid", "failed")
    assert steps(reading)[name] == ("failed", "proof_kept_back")


def test_a_copy_with_a_key_of_its_own_is_not_as_the_state_signed_it() -> None:
    made = chip(Prover(active=OTHER), key=RSA)
    made.files[0x010F] = group_15(OTHER)
    reading = read(made)
    assert (reading.authentication.outcome, steps(reading)["active"]) == (
        "invalid",
        ("unknown", "proof_unvouched"),
    )


def test_a_chip_without_keys_offers_no_proof() -> None:
    reading = read(chip(None))
    assert reading.originality == "not_performed"
    assert set(steps(reading).values()) == {("not_performed", "proof_not_offered")}


def test_files_alone_prove_nothing() -> None:
    found = read_files(chip(Prover(active=RSA, own=CURVE), CURVE.info(), key=RSA), ZONE)
    reading = read_chip(found.files, store(), at=NOW)
    assert reading.originality == "not_performed"
    assert set(steps(reading).values()) == {("not_performed", "proof_not_asked")}
    found.files.pop("DG15")
    assert steps(read_chip(found.files, store(), at=NOW))["active"] == (
        "not_performed",
        "proof_not_asked",
    )


def test_nobody_vouches_for_the_key() -> None:
    reading = read(chip(Prover(active=RSA, own=CURVE), CURVE.info(), key=RSA), TrustStore())
    assert (reading.authentication.outcome, reading.originality) == ("issuer_unknown", "unknown")
    assert set(steps(reading).values()) == {("unknown", "proof_unvouched")}


def test_a_chip_that_is_taken_away_before_it_answers() -> None:
    made = chip(Prover(active=RSA, own=CURVE), CURVE.info(), key=RSA)

    def bend(_number: int, answer: bytes) -> bytes:
        if made.prover and made.prover.challenges:
            raise ConnectionError
        return answer

    made.bend = bend
    assert steps(read(made)) == {
        "active": ("unknown", "chip_gone"),
        "chip": ("unknown", "proof_not_asked"),
    }


def test_reading_that_ended_early_leaves_it_open() -> None:
    made = chip(Prover(active=RSA), key=RSA)
    made.bend = lambda _number, answer: answer if made.selected != 0x010F else b""
    assert steps(read(made))["active"] == ("unknown", "proof_not_read")


def test_a_refusal_of_lengths_may_be_the_readers_fault() -> None:
    reading = read(chip(Prover(refusal=b"\x67\x00"), CURVE.info(), key=RSA))
    assert set(steps(reading).values()) == {("unknown", "chip_refused")}


def test_a_way_that_is_not_known_here() -> None:
    strange = chip_info("AES-128", 3)
    reading = read(chip(Prover(own=CURVE), strange, CURVE.info()))
    assert steps(reading)["chip"] == ("unknown", "chip_way_unknown")


def test_the_answer_can_be_judged_later() -> None:
    found = read_files(chip(Prover(active=RSA), key=RSA), ZONE)
    kept = msgspec.json.decode(msgspec.json.encode(found.proofs), type=ChipProofs)
    assert read_chip(found.files, store(), at=NOW, proofs=kept).originality == "passed"
