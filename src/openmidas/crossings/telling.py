"""What each line is told of a hit on one of the State's own lists.

The primary line has a code that says what to do, and not why. A discreet listing shows there what is
asked and nothing else: a note for the headquarters nothing at all, a referral the most ordinary one.
The second line reads what its edition says, and the headquarters everything, but an officer there whom
the owners of a list do not admit to it what the lane is told.

And of why somebody was referred and to whom they were handed over: at the headquarters, some of it is
for members of a compartment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import msgspec

from openmidas.crossings.entries import HandedTo, ReferralReason
from openmidas.crossings.inspection import Finding, Severity, Told
from openmidas.lists.in_use import ListHit
from openmidas.posts.entries import Compartment
from openmidas.screening import Listing

COMPARTMENTS_OF: Mapping[str, frozenset[Compartment]] = {
    ReferralReason.PROTECTION: frozenset({Compartment.ASYLUM, Compartment.TRAFFICKING}),
    ReferralReason.HEALTH: frozenset({Compartment.MEDICAL}),
}
"""The reasons of a referral that tell what befell somebody, and who reads them far from the post."""
COMPARTMENTS_OF_HAND_OVER: Mapping[str, frozenset[Compartment]] = {
    HandedTo.PROTECTION: COMPARTMENTS_OF[ReferralReason.PROTECTION],
    HandedTo.HEALTH: COMPARTMENTS_OF[ReferralReason.HEALTH],
    HandedTo.CHILD_PROTECTION: frozenset({Compartment.CHILD, Compartment.TRAFFICKING}),
}
"""Those to whom somebody is handed over because of what befell them, and who reads it there."""

INFORM, SECOND_LINE, CALL_HQ = "inform", "second_line", "call_hq"


def severity_of(hit: ListHit) -> Severity:
    """How much a hit matters at the lane, by how sure it is and by what is asked."""
    if hit.listing.action == INFORM:
        return Severity.INFO
    if hit.listing.discreet:
        return Severity.LOOK  # "Stop" is seen and heard by whoever stands there
    return Severity.STOP if hit.level == "strong" else Severity.LOOK


def told_of(listing: Listing) -> Told:
    """How much of a hit the primary line sees. Lists of others are as open as their owners made them."""
    if not listing.action:
        return Told.ALL
    return Told.CODE if listing.code else Told.NOTHING


def asked_by(listing: Listing) -> dict[str, str]:
    """What is asked of who meets the listing, for those who may read it; nothing for other lists."""
    if not listing.action:
        return {}
    return {
        "category": listing.category,
        "action": listing.action,
        "code": listing.code,
        "discreet": "yes" if listing.discreet else "",
        "instruction": listing.remarks,
    }


def for_primary(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings as the lane sees them: of codes the same one once, and neither name nor evidence.

    What was resolved before is told without evidence: somebody has weighed that.
    """
    told: list[Finding] = []
    for finding in findings:
        if finding.told is Told.ALL and finding.code == "hit_resolved":
            told.append(msgspec.structs.replace(finding, evidence=()))
        elif finding.told is Told.ALL:
            told.append(finding)
        elif finding.told is Told.CODE:
            told += [short for short in _short(finding) if short not in told]
    return tuple(told)


def for_headquarters(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """All of them."""
    return findings


def for_officer(closed: Collection[str]) -> Callable[[tuple[Finding, ...]], tuple[Finding, ...]]:
    """What an officer of the HQ is told to whom these lists are closed (`lists.national.owners.closed_to`).

    Of a hit on one of them it is what the lane is told: what to do, and no more.
    """

    def told(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        shown: list[Finding] = []
        for one in for_headquarters(findings):
            if _list_of(one) not in closed:
                shown.append(one)
            elif one.told is not Told.ALL:
                shown += [short for short in for_primary((one,)) if short not in shown]
        return tuple(shown)

    return told


def withheld(findings: tuple[Finding, ...], closed: Collection[str]) -> int:
    """How many of the findings are on lists that are closed to who reads them."""
    return sum(_list_of(one) in closed for one in findings)


def for_post(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings as the second line sees them: all but what the headquarters alone is told."""
    return tuple(finding for finding in findings if finding.told is not Told.NOTHING)


def _list_of(finding: Finding) -> str:
    return finding.params.get("list_code", "")


def _short(finding: Finding) -> tuple[Finding, ...]:
    """What the lane sees of a hit on a list of the State's own; nothing of a discreet one that is settled."""
    if finding.code != "hit_resolved":
        return (_code_alone(finding),)
    if finding.params.get("discreet"):
        return ()
    kept = {name: finding.params.get(name, "") for name in ("by", "on", "until")}
    return (Finding(code="hit_resolved", severity=finding.severity, params=kept),)


def _code_alone(finding: Finding) -> Finding:
    """What to do, and how strictly. Whom to call about is the only thing that goes with it."""
    params = {"code": finding.params.get("code", "")}
    if finding.params.get("action") == CALL_HQ and not finding.params.get("discreet"):
        params["listing"] = finding.params.get("listing", "")
    return Finding(code="list_code", severity=finding.severity, params=params)


def tells_reason(reason: str, held: Collection[Compartment]) -> bool:
    """Whether an officer of the HQ who is in these compartments reads why somebody was referred."""
    readers = COMPARTMENTS_OF.get(reason)
    return readers is None or not readers.isdisjoint(held)


def tells_hand_over(handed_to: str, held: Collection[Compartment]) -> bool:
    """Whether an officer of the HQ who is in these compartments reads to whom somebody was handed over."""
    readers = COMPARTMENTS_OF_HAND_OVER.get(handed_to)
    return readers is None or not readers.isdisjoint(held)
