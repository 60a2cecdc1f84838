"""The checks of the primary line. Each looks at plain values and says what it finds.

A finding informs, a person decides. What a check cannot know it says so: "unknown" is not
"invalid", and a stale list is not a clear one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from openmidas.crossings.cards import IN_OTHER_HANDS, Card, CardState
from openmidas.crossings.facts import Facts, Memory, Stayed, within
from openmidas.crossings.hit_findings import finding_of
from openmidas.crossings.hits import HitKey, Remembered
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Finding,
    HowRead,
    Journey,
    Severity,
    Traveller,
)
from openmidas.crossings.models import Status
from openmidas.crossings.rules import Closure, last_day
from openmidas.documents import Reading, is_state
from openmidas.lists.in_use import ListHit
from openmidas.lists.lost.in_use import LostAnswer

ADULT = 18
TO_KNOW = frozenset({"state_code_withdrawn", "state_code_unlisted", "expiry_absent"})
"""Of what breaks no rule of Doc 9303, what an officer should know."""
EXPIRES_SOON_DAYS = 90
NOTHING_KNOWN: Mapping[HitKey, Remembered] = MappingProxyType({})


def worst_first(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    """The order of the page: what stops, what to look at, what to know."""
    return tuple(sorted(findings, key=lambda finding: finding.severity.rank))


def check_reading(reading: Reading) -> Iterator[Finding]:
    """What reading the document showed."""
    for found in reading.findings:
        if found.code == "check_digit_wrong":
            yield _look("check_digit_wrong", field=found.field)
    others = [f for f in reading.findings if f.code != "check_digit_wrong" and not f.informative]
    if others:
        yield _look("mrz_invalid", problems=", ".join(f"{f.field}:{f.code}" for f in others))
    if any(found.code == "specimen" for found in reading.findings):
        yield _look("specimen")
    known = {(f.code, f.params["read"]) for f in reading.findings if f.code in TO_KNOW}
    for code, read in sorted(known):
        yield _info(code, read=read)
    if reading.name_truncated:
        yield _info("name_truncated")


def check_document(traveller: Traveller, document: Document, facts: Facts) -> Iterator[Finding]:
    """Whether there is a document, and whether it is still valid."""
    if document.none:
        yield _look("no_document")
        return
    if document.how_read is HowRead.TYPED:
        yield _info("document_unreadable")
    if document.expiry is not None:
        expiry = document.expiry.latest()
        if expiry < facts.today:
            yield _look("document_expired", expiry=document.expiry.text())
        elif (expiry - facts.today).days < EXPIRES_SOON_DAYS:
            yield _info("document_expires_soon", expiry=document.expiry.text())
    for code in sorted({traveller.nationality, document.issuer} - {""}):
        if not is_state(code):
            yield _look("unknown_state", state=code)


def check_card(card: Card | None, facts: Facts) -> Iterator[Finding]:
    """Whether the border resident's card that somebody shows holds today."""
    if card is None:
        yield _look("resident_gone")
        return
    until = card.until.isoformat()
    match card.state(facts.today):
        case CardState.VALID if card.plate:
            yield _info("driver_valid", until=until, village=card.village, plate=card.plate)
        case CardState.VALID:
            yield _info("resident_valid", until=until, village=card.village)
        case CardState.LAPSED:
            yield _look("resident_lapsed", until=until, village=card.village)
        case CardState.REVOKED:
            since = card.revoked.isoformat() if card.revoked else ""
            severity = Severity.STOP if card.end in IN_OTHER_HANDS else Severity.LOOK
            params = {"since": since, "end": card.end}
            yield Finding(code="resident_revoked", severity=severity, params=params)


def check_age(traveller: Traveller, facts: Facts, *, with_adult: bool) -> Iterator[Finding]:
    """Whether a child travels alone."""
    if traveller.birth is None:
        yield _info("birth_unknown")
    elif is_child(traveller, facts.today) and not with_adult:
        oldest = age_on(traveller.birth.earliest(), facts.today)
        yield _look("child_alone", age=str(oldest))


def check_recent(
    facts: Facts, memory: Memory, returning: Direction | None = None
) -> Iterator[Finding]:
    """The same document somewhere else right now, or a few minutes ago.

    ``outcome`` says how it ended then; who still waits at the second line is here, however long.
    ``returning``: in which direction a border resident crosses, of whom it is nothing strange to have
    crossed in the other one a moment ago; None of everybody else.
    """
    if memory.open_at:
        yield _look("open_elsewhere", lane=memory.open_at)
    seen = memory.seen
    if seen is None:
        return
    if returning and seen.status == Status.ADMITTED and seen.direction not in ("", returning):
        return
    waits = seen.status == Status.REFERRED
    if waits or within(seen.at, facts.now, facts.same_document_minutes):
        minutes = max(int((facts.now - seen.at).total_seconds() // 60), 0)
        yield _look("same_document", minutes=str(minutes), lane=seen.lane, outcome=seen.status)


def check_lists(
    hits: tuple[ListHit, ...], facts: Facts, known: Mapping[HitKey, Remembered] = NOTHING_KNOWN
) -> Iterator[Finding]:
    """Hits with their evidence; and how old the lists are that say so, or say nothing.

    Namesakes whose birth dates clash are none: nobody is looked at more closely for a name. ``known``:
    the hits that were resolved before as not the same person.
    """
    for hit in hits:
        if _is_namesake(hit):
            continue
        yield finding_of(hit, known.get((hit.list_code, hit.listing.id)))
    if not facts.lists:
        yield _look("no_list")
    for edition in facts.all_lists:
        if edition.stale:
            yield _look(
                "list_stale",
                list=edition.title,
                age_days=str(edition.age_days),
                limit=str(edition.limit_days),
            )


def _is_namesake(hit: ListHit) -> bool:
    """Whether the birth dates clash, and no number outweighs that."""
    clash = any(one.field == "birth" and one.how == "different" for one in hit.evidence)
    return clash and hit.level == "weak"


def check_lost(answer: LostAnswer) -> Iterator[Finding]:
    """A document that was reported lost or stolen; or why that is not known.

    It stops where number, issuer and kind are those of the list. Where the number is certainly written
    in another way (O and 0, zeros at the front), it may be another document: a person compares.
    """
    if answer.unknown == "missing":
        yield _look("lost_list_missing")
    elif answer.unknown == "damaged":
        yield _look("lost_list_damaged")
    elif answer.unknown == "document":
        yield _info("lost_not_asked")
    if answer.hit is None:
        return
    match, edition = answer.hit.match, answer.hit.edition
    yield Finding(
        code="lost_document",
        severity=Severity.LOOK if match.writing == "alike" else Severity.STOP,
        params={
            "list": edition.title,
            "reason": match.reason,
            "writing": match.writing,
            "first": match.first,
            "last": match.last,
            "edition_date": edition.dated.isoformat(),
            "age_days": str(edition.age_days),
        },
    )


def check_border(traveller: Traveller, journey: Journey, facts: Facts) -> Iterator[Finding]:
    """Whether the border is closed to this traveller today, and whether the rules are too old."""
    if facts.in_force is None:
        yield _look("no_rules")
        return
    rules = facts.in_force.rules
    age = (facts.today - rules.dated).days
    if age > rules.limit_days:
        yield _look("rules_stale", age_days=str(age), limit=str(rules.limit_days))
    for closure in rules.closures_on(facts.host, facts.today):
        if journey.direction in closure.directions and not _exempt(
            traveller, journey, facts.host, closure
        ):
            yield Finding(
                code="border_closed",
                severity=Severity.STOP,
                params={
                    "closure": closure.code,
                    "exemptions": ", ".join(closure.exemptions()),
                    "source": closure.source,
                },
            )


def _exempt(traveller: Traveller, journey: Journey, host: str, closure: Closure) -> bool:
    """Nobody is kept out of their own country (ICCPR, article 12, 4); leaving it is another matter."""
    comes_home = traveller.nationality == host and journey.direction is Direction.ENTRY
    return (
        comes_home
        or traveller.nationality in closure.exempt_nationalities
        or journey.purpose in closure.exempt_purposes
        or journey.conveyance in closure.exempt_conveyances
    )


def check_stay_used(
    traveller: Traveller, journey: Journey, facts: Facts, memory: Memory
) -> Iterator[Finding]:
    """At the exit: days left, or overstayed. People enter elsewhere: no entry here says little."""
    if journey.direction is not Direction.EXIT or traveller.nationality in ("", facts.host):
        return
    stayed = memory.stayed
    if stayed is None:
        yield _info("no_entry_here")
        return
    allowed = _allowed(traveller, facts, stayed)
    if allowed is None:
        return
    rule, until = allowed
    left = (until - facts.today).days
    if left < 0:
        yield _look(
            "overstay",
            days=str(-left),
            until=until.isoformat(),
            rule=rule,
            entered=stayed.entered.isoformat(),
        )
    else:
        yield _info("stay_left", days=str(left), until=until.isoformat())


def _allowed(traveller: Traveller, facts: Facts, stayed: Stayed) -> tuple[str, date] | None:
    """The rule that allowed the stay longest, and until when; None for no limit, or none known.

    What the traveller was told on entry holds, though rules have changed since; where the rules of
    today allow more, they do.
    """
    if stayed.until is None:
        return None
    told = (stayed.rule, stayed.until)
    if facts.in_force is None:
        return told
    now = facts.in_force.rules.rule_for(facts.host, traveller.nationality, facts.today)
    if now is None:
        return told
    if now.days is None:
        return None
    until = last_day(stayed.entered, now.days)
    return (now.code, until) if until > stayed.until else told


def is_child(traveller: Traveller, day: date) -> bool:
    """Whether the traveller is certainly a child: in doubt about the date, nobody is."""
    return traveller.birth is not None and age_on(traveller.birth.earliest(), day) < ADULT


def age_on(birth: date, day: date) -> int:
    """Whole years of age."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _look(code: str, **params: str) -> Finding:
    return Finding(code=code, severity=Severity.LOOK, params=params)


def _info(code: str, **params: str) -> Finding:
    return Finding(code=code, severity=Severity.INFO, params=params)
