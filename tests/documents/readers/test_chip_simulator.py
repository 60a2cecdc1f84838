"""The chip that is not there: signed in the name of who issued it, and no copy."""

from __future__ import annotations

import asyncio
import base64
from datetime import UTC, date, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from openmidas.documents import PartialDate, TravelDocument, read_mrz, write_mrz
from openmidas.documents.chip import ChipProofs, TrustStore, approve, import_file, read_chip
from openmidas.documents.chip.access import Password
from openmidas.documents.readers.chip_simulator import ChipSimulator
from openmidas.documents.readers.simulator import spaced
from openmidas.documents.readers.specimen_chip import SpecimenChip
from openmidas.documents.readers.specimen_state import SpecimenState
from tests.documents.chip.virtual import ZONE_PASSWORD
from tests.documents.readers.agents import served
from tests.documents.readers.test_chip_desk import ZONE, one_reading, until


@pytest.mark.parametrize(("has_key", "problem"), [(True, None), (False, "chip_refused")])
def test_what_the_chip_answers_when_it_is_to_prove_itself_reaches_the_page(
    has_key: bool, problem: str | None
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    files = SpecimenState().chip(ZONE, key.public_key())
    password = Password.of_printed(ZONE_PASSWORD)
    found = one_reading(
        SpecimenChip(files, password, key if has_key else None), printed=ZONE_PASSWORD
    )
    active = found["proofs"]["active"]
    assert len(base64.b64decode(active["challenge"])) == 8
    assert bool(active["response"]) is has_key
    assert (active["problem"] or {}).get("code") == problem


def issued_by(code: str) -> str:
    """A passport of this State."""
    specimen = TravelDocument(
        format="TD3",
        document_code="P",
        issuer=code,
        number="L898902C3",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        nationality=code,
        birth=PartialDate(1974, 8, 12),
        sex="F",
        expiry=PartialDate(2032, 4, 15),
    )
    return "\n".join(write_mrz(specimen, today=date(2026, 11, 27)))


@pytest.mark.parametrize(("code", "country"), [("UTO", "UT"), ("MLI", "ML"), ("GIN", "GN")])
def test_the_simulator_holds_the_chip_of_its_zone_signed_in_the_name_of_who_issued_it(
    code: str, country: str
) -> None:
    sent = issued_by(code)
    state = SpecimenState(country)

    async def read() -> tuple[str, dict[str, bytes], ChipProofs]:
        simulator = ChipSimulator({country: state}, spaced([sent], 0))
        async with served(simulator) as door, door.page() as page:
            zone = (await until(page, "read"))["text"]
            there = await until(page, "chip")
            await page.send_json({"open": there["chip"], "printed": ZONE_PASSWORD})
            found = await until(page, "chip_read")
            groups = {f"DG{one}": base64.b64decode(file) for one, file in found["groups"].items()}
            proofs = msgspec.convert(found["proofs"], ChipProofs)
            return zone, groups | {"SOD": base64.b64decode(found["sod"])}, proofs

    zone, files, proofs = asyncio.run(read())
    now = datetime.now(UTC)
    printed = read_mrz(sent, today=now.date())
    strange = read_chip(files, TrustStore(), at=now, printed=printed)
    store, said = import_file(TrustStore(), "state.cer", state.certificate, by="A", at=now)
    trusting = approve(store, said.fingerprint, by="B", at=now)
    known = read_chip(files, trusting, at=now, proofs=proofs)
    assert zone == sent
    assert strange.authentication.outcome == "issuer_unknown"
    assert known.authentication.outcome == "valid"
    assert known.originality == "passed"
    assert known.faces is not None
