"""What the page of an interview shows: who has the traveller, what is done, and all that happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from openmidas.cases.interviews.entries import Item
from openmidas.cases.interviews.models import CareRecord, CaseChecklist, CaseNote, CaseTaking, Hold
from openmidas.cases.interviews.services import checklist_of, held_now, taken_by
from openmidas.cases.interviews.wording import CARE, CARE_ANSWERS, HOLD_GROUNDS, ITEMS
from openmidas.cases.referrals.models import Referral
from openmidas.cases.refusal_form.models import ServedRefusal
from openmidas.cases.refusal_form.wording import SIGNED, UNDERSTOOD
from openmidas.cases.taking_over.models import TakeOver
from openmidas.cases.taking_over.page import changes_of
from openmidas.cases.taking_over.standing import standing_of
from openmidas.cases.taking_over.wording import STATES
from openmidas.crossings.models import Crossing
from openmidas.crossings.signs import Sign, signs_of
from openmidas.crossings.words import OUTCOMES, REFERRAL_REASONS
from openmidas.nodes.services import node_time
from openmidas.pictures.services import pictures_of
from openmidas.posts.models import Officer

SHIFT = timedelta(hours=8)
"""Who waits for longer was handed from one shift to the next."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened: when, who did it, what it was, and what was written with it."""

    at: datetime
    officer: UUID | None
    what: str
    text: str = ""
    by: str = ""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A traveller in the queue, and who has taken them on; ``by`` empty: nobody.

    ``signs``: what rooms above tell of them; ``referred``: a service is being found for them;
    ``still_open``: longer than a shift; ``headquarters``: what it asks or says, empty where nothing.
    """

    row: Crossing
    by: str
    mine: bool
    held: bool
    signs: tuple[Sign, ...]
    referred: bool = False
    still_open: bool = False
    headquarters: str = ""


class InterviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """An interview as it stands. ``minutes``: how long the traveller is or was in the second line."""

    taking: CaseTaking | None
    by: str
    mine: bool
    checklist: tuple[tuple[str, str, bool], ...]
    hold: Hold | None
    minutes: int
    held_minutes: int
    events: tuple[Event, ...]

    @property
    def with_other(self) -> bool:
        """Whether a colleague has the traveller: then nothing is decided here before taking over."""
        return self.taking is not None and not self.mine


def interview_page(row: Crossing, officer: UUID) -> InterviewPage:
    """The interview of a traveller, for the officer who looks at it."""
    taking = taken_by(row.id)
    events = [*_events(row)]
    events.sort(key=lambda event: event.at)
    names = _names(event.officer for event in events)
    checklist = CaseChecklist.objects.filter(id=row.id).first()
    done = set(checklist.done if checklist else ())
    end = row.resolved_at or node_time()
    return InterviewPage(
        taking=taking,
        by=names.get(taking.officer, "") if taking else "",
        mine=taking is not None and taking.officer == officer,
        checklist=tuple((item, str(ITEMS[item]), item in done) for item in _items(row, done)),
        hold=held_now(row.id),
        minutes=_minutes(end - row.at),
        held_minutes=sum(
            _minutes((hold.ended_at or end) - hold.at)
            for hold in Hold.objects.filter(crossing=row.id)
        ),
        events=tuple(
            msgspec.structs.replace(event, by=names.get(event.officer, "")) for event in events
        ),
    )


def queue_page(rows: Iterable[Crossing], officer: Officer) -> list[Waiting]:
    """Those who wait, with who has taken them on, for the officer who looks."""
    waiting = list(rows)
    ids = [row.id for row in waiting]
    takings: dict[UUID, CaseTaking] = {}
    for taking in CaseTaking.objects.filter(crossing__in=ids).order_by("clock", "id"):
        takings[taking.crossing] = taking
    held = set(
        Hold.objects.filter(crossing__in=ids, ended_at=None).values_list("crossing", flat=True)
    )
    names = _names(taking.officer for taking in takings.values())
    signs = signs_of(ids, officer)
    referred = set(
        Referral.objects.filter(crossing__in=ids, outcome="").values_list("crossing", flat=True)
    )
    asked = set(TakeOver.objects.filter(crossing__in=ids).values_list("crossing", flat=True))
    before = node_time() - SHIFT
    found = []
    for row in waiting:
        last = takings.get(row.id)
        has = last.officer if last is not None and last.left_at is None else None
        found.append(
            Waiting(
                row=row,
                by=names.get(has, ""),
                mine=has == officer.id,
                held=row.id in held,
                signs=signs.get(row.id, ()),
                referred=row.id in referred,
                still_open=row.at < before,
                headquarters=_headquarters(row) if row.id in asked else "",
            )
        )
    return found


def _headquarters(row: Crossing) -> str:
    standing = standing_of(row)
    return str(STATES[standing.state]) if standing is not None and standing.open else ""


def _items(row: Crossing, done: set[str]) -> Iterator[Item]:
    """The traveller's checklist, and what was ticked by a version that asked for more."""
    wanted = checklist_of(row.reason)
    yield from wanted
    yield from (item for item in Item if item in done and item not in wanted)


def _events(row: Crossing) -> Iterator[Event]:
    reason = REFERRAL_REASONS.get(row.reason, "")
    yield Event(at=row.at, officer=row.officer, what=_("Sent to the second line"), text=str(reason))
    for taking in CaseTaking.objects.filter(crossing=row.id):
        yield Event(at=taking.at, officer=taking.officer, what=_("Taken on"))
        if taking.left_at:
            yield Event(at=taking.left_at, officer=taking.officer, what=_("Given back"))
    for note in CaseNote.objects.filter(crossing=row.id):
        yield Event(at=note.at, officer=note.officer, what=_("Note"), text=note.text)
    for change in changes_of(row):
        yield Event(at=change.at, officer=change.officer, what=change.what, text=change.text)
    for picture in pictures_of(row.id, row.node):
        yield Event(
            at=picture.at, officer=picture.officer, what=_("Picture attached"), text=picture.caption
        )
    for care in CareRecord.objects.filter(crossing=row.id):
        what = _("%(what)s: %(answer)s") % {
            "what": CARE.get(care.what, care.what),
            "answer": CARE_ANSWERS.get(care.answer, care.answer),
        }
        yield Event(at=care.at, officer=care.officer, what=what, text=care.said)
    for hold in Hold.objects.filter(crossing=row.id):
        ground = str(HOLD_GROUNDS.get(hold.ground, hold.ground))
        text = f"{ground}. {hold.note}" if hold.note else ground
        yield Event(at=hold.at, officer=hold.officer, what=_("Held"), text=text)
        if hold.ended_at:
            yield Event(at=hold.ended_at, officer=hold.ended_by, what=_("No longer held here"))
    for form in ServedRefusal.objects.filter(crossing=row.id):
        text = f"{form.language} · {UNDERSTOOD.get(form.understood, '')} · {SIGNED.get(form.signed, '')}"
        yield Event(
            at=form.at, officer=form.officer, what=_("Form of the refusal given"), text=text
        )
    if row.resolved_at:
        yield Event(
            at=row.resolved_at,
            officer=row.resolved_by,
            what=_("Decided: %(outcome)s") % {"outcome": OUTCOMES.get(row.status, row.status)},
            text=row.note,
        )


def _names(officers: Iterable[UUID | None]) -> dict[UUID | None, str]:
    wanted = {officer for officer in officers if officer is not None}
    return dict(Officer.objects.filter(id__in=wanted).values_list("id", "name"))


def _minutes(time: timedelta) -> int:
    return max(round(time.total_seconds() / 60), 0)
