"""The steps of authentication, passive, active and of the chip, and what they come to: never one boolean."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from openmidas.documents.chip.findings import ChipFinding

StepName = Literal[
    "structure",
    "signer",
    "content",
    "signature",
    "hashes",
    "chain",
    "validity",
    "revocation",
    "state",
    "active",
    "chip",
]
StepOutcome = Literal["passed", "failed", "unknown", "not_performed"]
Outcome = Literal["valid", "invalid", "issuer_unknown", "not_performed"]
GroupOutcome = Literal["same", "differs", "not_signed", "not_read"]
STEPS: tuple[StepName, ...] = (
    *("structure", "signer", "content", "signature", "hashes"),
    *("chain", "validity", "revocation", "state"),
)
"""Of passive authentication. The two others are `ChipReading.proofs`."""


class Step(msgspec.Struct, frozen=True):
    """One step: what came out, where Doc 9303 asks for it, and what was found."""

    name: StepName
    outcome: StepOutcome
    paragraph: str
    findings: tuple[ChipFinding, ...] = ()


class Authentication(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a chip's data are as the State wrote them.

    ``outcome``: *valid*: DG1 and every other group that was read are as signed by a document signer of a
    trusted State; *invalid*: something is forged, changed or not as Doc 9303 has it; *issuer_unknown*: all
    fits, but the certificate of the State is not here; *not_performed*: nothing can be said. That the chip
    is no copy of another says none of them: for that there is `originality`.
    """

    outcome: Outcome
    steps: tuple[Step, ...]
    groups: dict[int, GroupOutcome] = {}
    """Each data group that was read or that the State signed, by its number."""
    country: str = ""
    """Two letters, as the signer's certificate has them: believed only where *valid*."""
    path: tuple[str, ...] = ()
    """The names from the signer up."""
    scheme: str = ""
    signed_at: datetime | None = None

    def step(self, name: StepName) -> Step:
        """One step by its name."""
        return next(step for step in self.steps if step.name == name)
