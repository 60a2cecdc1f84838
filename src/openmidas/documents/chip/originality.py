"""Whether a chip is the one that the State made, or a copy of it (Doc 9303-11, 6).

A copy has all files and their signatures: passive authentication takes it for *valid*. It does not have the
private keys. So a proof counts where the State signed the public key, and a chip that keeps back what the
State signed, or refuses to prove itself, has failed: that is what a copy would do. It can also fail as a bad
line does, in silence or with an answer that is wrongly sealed: that is *unknown*, and no original.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openmidas.documents.chip.active import ACTIVE_PARAGRAPH, check_active
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import read_options
from openmidas.documents.chip.proofs import ChipProofs
from openmidas.documents.chip.steps import Authentication, Step, StepName, StepOutcome

CHIP_PARAGRAPH = "Doc 9303-11, 6.2"
_OPTIONS_GROUP, _KEY_GROUP = 14, 15
_FAILURES = frozenset({"chip_refused", "messaging_lost", "keys_not_shared"})
"""What comes of a chip that has no key. After anything else nobody can tell: the document was taken away, the
line is bad, or the chip knows what we do not."""
_LENGTHS = ("61", "67", "6C")
"""How refusals begin that speak of lengths: that may be the reader's fault, and no chip's."""


def prove(
    files: Mapping[str, bytes], said: Authentication, proofs: ChipProofs | None
) -> tuple[Step, Step]:
    """Active and chip authentication, each as one step. Never raises.

    `said`: what passive authentication found, without which no key is the State's. `proofs`: what the
    chip answered; None where there were only its files.

    *passed*: it is the original; *failed*: a copy; *unknown*: nobody can tell; *not performed*: it
    offers no such proof, or it was not asked for it.
    """
    return _active(files, said, proofs), _chip(files, said, proofs)


def originality(proofs: Iterable[Step]) -> StepOutcome:
    """What both come to: one that failed makes a copy, one that passed an original."""
    outcomes = {step.outcome for step in proofs}
    order: tuple[StepOutcome, ...] = ("failed", "passed", "unknown")
    return next((one for one in order if one in outcomes), "not_performed")


def _active(files: Mapping[str, bytes], said: Authentication, proofs: ChipProofs | None) -> Step:
    file = files.get(f"DG{_KEY_GROUP}")
    if file is None:
        return _kept_back("active", _KEY_GROUP, said, proofs)
    if proofs is None or proofs.active is None:
        return _not_asked("active", proofs)
    if proofs.active.problem:
        return _unanswered("active", proofs.active.problem)
    answer = proofs.active
    step = check_active(file, files.get(f"DG{_OPTIONS_GROUP}"), answer.challenge, answer.response)
    return step if step.outcome != "passed" else _vouched("active", _KEY_GROUP, said)


def _chip(files: Mapping[str, bytes], said: Authentication, proofs: ChipProofs | None) -> Step:
    file = files.get(f"DG{_OPTIONS_GROUP}")
    if file is None:
        return _kept_back("chip", _OPTIONS_GROUP, said, proofs)
    try:
        offered = read_options(file).chip_authentication
    except Unreadable as error:
        return _step("chip", "unknown", error.finding("DG14", CHIP_PARAGRAPH))
    if not offered:
        return _step("chip", "not_performed", _about("proof_not_offered", "chip"))
    if proofs is None or proofs.keys is None:
        return _not_asked("chip", proofs)
    if proofs.keys.problem:
        return _unanswered("chip", proofs.keys.problem)
    return _vouched("chip", _OPTIONS_GROUP, said)


def _kept_back(name: StepName, group: int, said: Authentication, proofs: ChipProofs | None) -> Step:
    """The group is not there. EF.COM is not signed, so that is not taken for a chip without one."""
    if said.groups and group not in said.groups:
        return _step(name, "not_performed", _about("proof_not_offered", name))
    if proofs is None:
        return _not_asked(name, proofs)
    params = {"group": str(group)}
    if group in said.groups and group in proofs.absent:
        return _step(name, "failed", ChipFinding("proof_kept_back", name, _paragraph(name), params))
    return _step(name, "unknown", ChipFinding("proof_not_read", name, _paragraph(name), params))


def _not_asked(name: StepName, proofs: ChipProofs | None) -> Step:
    """From files alone nobody expects a proof; of a chip on a reader it is worth knowing."""
    outcome: StepOutcome = "not_performed" if proofs is None else "unknown"
    return _step(name, outcome, _about("proof_not_asked", name))


def _unanswered(name: StepName, problem: ChipFinding) -> Step:
    lengths = problem.params.get("status", "").startswith(_LENGTHS)
    failed = problem.code in _FAILURES and not lengths
    return _step(name, "failed" if failed else "unknown", problem)


def _vouched(name: StepName, group: int, said: Authentication) -> Step:
    """The chip has the key; whether the State gave it that key is for its signature to say."""
    if said.outcome == "valid" and said.groups.get(group) == "same":
        return _step(name, "passed")
    params = {"group": str(group)}
    return _step(name, "unknown", ChipFinding("proof_unvouched", name, _paragraph(name), params))


def _about(code: str, name: StepName) -> ChipFinding:
    return ChipFinding(code, name, _paragraph(name), informative=True)


def _paragraph(name: StepName) -> str:
    return ACTIVE_PARAGRAPH if name == "active" else CHIP_PARAGRAPH


def _step(name: StepName, outcome: StepOutcome, *findings: ChipFinding) -> Step:
    return Step(name, outcome, _paragraph(name), findings)
