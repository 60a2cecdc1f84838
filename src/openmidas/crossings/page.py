"""What the counter's page shows: values made ready for the templates, nothing decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from uuid import UUID

import msgspec
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from openmidas.crossings.checks import age_on
from openmidas.crossings.conveyances.aboard import BusAtLane, bus_at
from openmidas.crossings.evidence.opening import opens_chip
from openmidas.crossings.evidence.page import SaidOf, evidence_of
from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.hits import HitKey, HitLink, key_of
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import (
    Direction,
    Evidence,
    Finding,
    Inspection,
    Journey,
    Severity,
    State,
    Traveller,
    UsedEdition,
)
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.receipts.issuing import last_at, number_of
from openmidas.crossings.signs import SentOn, sent_on
from openmidas.crossings.staying import OWN_STATE
from openmidas.crossings.telling import for_primary
from openmidas.crossings.wording import Worded, headline, word
from openmidas.lists.in_use import EditionInUse, editions_in_use
from openmidas.lists.lost.in_use import lost_editions
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day

IDLE = "idle"
NO_LINKS: Mapping[HitKey, HitLink] = MappingProxyType({})


class ShownFinding(msgspec.Struct, frozen=True):
    """One finding in words. ``look`` names its drawing and colour; ``who``, of a group, whom it is about.

    ``link``: of a hit, where it is answered, for those who may.
    """

    look: Severity
    title: SafeString
    detail: SafeString
    evidence: tuple[Evidence, ...]
    who: tuple[str, ...]
    link: HitLink | None = None


class ShownTraveller(msgspec.Struct, frozen=True):
    """One who stands at the lane."""

    inspection: Inspection
    age: str

    @property
    def evidence(self) -> list[SaidOf]:
        """What was read of the document beside its lines, and what was not."""
        return evidence_of(self.inspection)

    @property
    def opens_chip(self) -> str:
        """What opens the chip of the document; empty where nothing of what is known does."""
        return opens_chip(self.inspection, node_day())

    @property
    def state(self) -> str:
        """The state's code: it names the colour and the shape."""
        return str(self.inspection.state)

    @property
    def state_word(self) -> str:
        """The state's word."""
        return headline(self.inspection.state)


class Today(msgspec.Struct, frozen=True):
    """What this lane has done since midnight."""

    entries: int
    exits: int
    referred: int


class ShownReceipt(msgspec.Struct, frozen=True):
    """A receipt that can be opened."""

    crossing: UUID
    number: str


class CounterPage(msgspec.Struct, frozen=True, kw_only=True):
    """The lane as it stands now. ``next_id``: for the next scan, so that a repeat records once."""

    lane: str
    journey: Journey
    standing: tuple[Inspection, ...]
    problem: SafeString | None
    next_id: UUID

    @property
    def state(self) -> str:
        """Idle, or the worst state of those who stand here."""
        states = {inspection.state for inspection in self.standing}
        worst = next((s for s in (State.STOP, State.LOOK, State.CLEAR) if s in states), None)
        return str(worst or IDLE)

    @property
    def word(self) -> str:
        """The state's word, large."""
        return headline(State(self.state)) if self.standing else ""

    @property
    def grouped(self) -> bool:
        """Whether those who stand here are decided on together."""
        return any(inspection.group for inspection in self.standing)

    @property
    def travellers(self) -> list[ShownTraveller]:
        """Who stands here, in the order of arrival."""
        return shown_travellers(self.standing)

    @property
    def last(self) -> ShownTraveller | None:
        """Who came last: whose document lies on the reader."""
        return self.travellers[-1] if self.standing else None

    @property
    def findings(self) -> list[ShownFinding]:
        """What the checks found, worst first."""
        return shown_findings(self.standing, for_primary)

    @property
    def reason(self) -> SafeString | str:
        """Why the state is not "clear": the worst finding, in one line."""
        told = [finding for finding in self.findings if finding.look != "info"]
        return told[0].title if told else ""

    @property
    def more(self) -> int:
        """How many findings stand beside the one that the band names."""
        return max(sum(finding.look != "info" for finding in self.findings) - 1, 0)

    @property
    def stay(self) -> str | None:
        """The date that the traveller is told, ISO; empty: no limit; None: nothing to tell."""
        if len(self.standing) != 1 or self.state == State.STOP:
            return None
        stay = self.standing[0].stay
        return None if stay is None or stay.rule == OWN_STATE else stay.until or ""

    @property
    def ids(self) -> str:
        """Whom a decision is about."""
        return " ".join(str(inspection.id) for inspection in self.standing)

    @property
    def editions(self) -> tuple[UsedEdition, ...]:
        """What the last one was checked with."""
        return self.standing[-1].editions if self.standing else ()

    @property
    def today(self) -> Today:
        """The lane's own numbers, for the idle page."""
        return done_today(self.lane)

    @property
    def sent(self) -> list[SentOn]:
        """Those whom this lane sent on today and of whom something is told, the last first."""
        return sent_on(self.lane)

    @property
    def bus(self) -> BusAtLane | None:
        """The bus whose travellers are scanned here."""
        return bus_at(self.lane)

    @property
    def lists(self) -> tuple[EditionInUse, ...]:
        """The lists that travellers are compared with."""
        return (*editions_in_use(), *lost_editions())

    @property
    def receipt(self) -> ShownReceipt | None:
        """The receipt of whom this lane let cross last, to be handed over if they want it."""
        row = last_at(self.lane)
        return ShownReceipt(row.id, number_of(row)) if row else None

    @property
    def rules_dated(self) -> date | None:
        """The date of the rules of stay in force."""
        in_force = rules_in_force()
        return in_force.rules.dated if in_force else None


def counter_page(
    lane: str, journey: Journey, standing: list[Inspection], problem: SafeString | None = None
) -> CounterPage:
    """The page of a lane."""
    return CounterPage(
        lane=lane,
        journey=journey,
        standing=tuple(standing),
        problem=problem,
        next_id=issue_id(),
    )


def shown_findings(
    inspections: tuple[Inspection, ...],
    told_of: Callable[[tuple[Finding, ...]], tuple[Finding, ...]],
    links: Mapping[HitKey, HitLink] = NO_LINKS,
) -> list[ShownFinding]:
    """What was found on one traveller or on a group, worst first; the same thing is told once.

    ``told_of``: what those who read it are told, see `crossings.telling`; ``links``: where hits are
    answered, see `crossings.hits`.
    """
    told: list[tuple[Finding, list[str]]] = []
    for inspection in inspections:
        for finding in told_of(inspection.findings):
            names = next((names for known, names in told if known == finding), None)
            if names is None:
                names = []
                told.append((finding, names))
            names.append(inspection.traveller.name)
    told.sort(key=lambda pair: pair[0].severity.rank)
    group = len(inspections) > 1
    return [
        _shown(finding, tuple(names) if group else (), _link_of(finding, links))
        for finding, names in told
    ]


def _link_of(finding: Finding, links: Mapping[HitKey, HitLink]) -> HitLink | None:
    key = key_of(finding) if links else None
    return links.get(key) if key else None


def _shown(finding: Finding, who: tuple[str, ...], link: HitLink | None) -> ShownFinding:
    said = worded(finding)
    return ShownFinding(
        look=finding.severity,
        title=said.title,
        detail=said.detail,
        evidence=finding.evidence,
        who=who,
        link=link,
    )


def worded(finding: Finding) -> Worded:
    """The finding in words; its bare code where another version of the program wrote it."""
    try:
        return word(finding)
    except (KeyError, ValueError, TypeError):
        given = ((name, value[:100]) for name, value in finding.params.items())
        return Worded(format_html("{}", finding.code), format_html_join(", ", "{}: {}", given))


def shown_travellers(inspections: Sequence[Inspection]) -> list[ShownTraveller]:
    """Travellers as pages show them, with their age on the node's own day."""
    today = node_day()
    return [ShownTraveller(one, age_in_words(one.traveller, today)) for one in inspections]


def age_in_words(traveller: Traveller, today: date) -> str:
    """The age; "about" where the birth date is an estimate, a range where it is partial."""
    birth = traveller.birth
    if birth is None:
        return ""
    if birth.approximate:
        years = max(today.year - birth.year, 0)
        if years == 0:
            return gettext("under a year")
        return ngettext("about %(years)s year", "about %(years)s years", years) % {"years": years}
    youngest, oldest = age_on(birth.latest(), today), age_on(birth.earliest(), today)
    if max(youngest, 0) != oldest:
        return gettext("%(from)s or %(to)s years") % {"from": max(youngest, 0), "to": oldest}
    return ngettext("%(years)s year", "%(years)s years", oldest) % {"years": oldest}


def done_today(lane: str) -> Today:
    """What a lane of this post has done since midnight."""
    midnight = timezone.make_aware(datetime.combine(node_day(), time.min))
    admitted = Q(status=Status.ADMITTED)
    counted = Crossing.objects.filter(node=this_node().id, lane=lane, at__gte=midnight).aggregate(
        entries=Count("id", filter=admitted & Q(direction=Direction.ENTRY)),
        exits=Count("id", filter=admitted & Q(direction=Direction.EXIT)),
        referred=Count("id", filter=Q(status=Status.REFERRED) | Q(resolved_by__isnull=False)),
    )
    return Today(**counted)
