"""What numbers are about, in words, for whoever gets them without the page: on paper or in a file."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openmidas.crossings.overview import post_names
from openmidas.crossings.words import DIRECTIONS
from openmidas.flows.checking import last_check
from openmidas.flows.coverage import Coverage, coverage
from openmidas.flows.questions import Question
from openmidas.flows.words import DECISIONS, DIMENSIONS, number, period
from openmidas.nodes.services import node_time

Said = tuple[tuple[str, str], ...]
"""What it is, and what is said of it."""


def title_of(question: Question) -> str:
    """“Nationality × Sex”."""
    return " × ".join(str(DIMENSIONS[one]) for one in question.dimensions)


def about_question(question: Question) -> Said:
    """What was asked."""
    names = post_names()
    posts = [names.get(id, str(id)) for id in question.posts]
    direction = str(DIRECTIONS[question.direction]) if question.direction else _("all")
    return (
        (_("Table"), title_of(question)),
        (_("Period"), period(question)),
        (_("Posts"), ", ".join(posts) or _("all posts")),
        (_("Direction"), direction),
        (_("Decision"), str(DECISIONS[question.decision])),
    )


def about_numbers(question: Question) -> Said:
    """Where the numbers come from, what they cover, whether they were proven, and from when they are."""
    covered = coverage(question.posts, question.start, question.end)
    source = _("Source: crossings recorded at the posts, as far as the headquarters has them.")
    return (
        (_("Source"), source),
        (_("What these numbers cover"), " ".join(_covered(covered))),
        (_("Proof"), proof_in_words()),
        (_("Made"), timezone.localtime(node_time()).isoformat(timespec="seconds")),
    )


def proof_in_words() -> str:
    """Whether the counts agree with the crossings, and when that was looked at."""
    last = last_check()
    if last is None:
        return _(
            "The counts have not been held against the crossings yet; that is done once a day."
        )
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M")
    if last.differences:
        return ngettext(
            "%(n)s count differs from the crossings (checked on %(at)s): the numbers may be wrong. "
            "An administrator makes them anew at the headquarters: midas flows recount",
            "%(n)s counts differ from the crossings (checked on %(at)s): the numbers may be wrong. "
            "An administrator makes them anew at the headquarters: midas flows recount",
            last.differences,
        ) % {"n": number(last.differences), "at": at}
    return ngettext(
        "Every count of %(n)s month was held against the crossings on %(at)s: all agree.",
        "Every count of %(n)s months was held against the crossings on %(at)s: all agree.",
        last.months,
    ) % {"n": number(last.months), "at": at}


def _covered(covered: Coverage) -> list[str]:
    """The coverage in the sentences of `flows/coverage.html`."""
    hours = covered.hours
    said = []
    if not hours.known:
        said.append(
            _("Hours that the posts were up: not known, no post has reported on this time.")
        )
    else:
        up = {
            "up": number(round(hours.up)),
            "known": number(round(hours.known)),
            "percent": hours.percent_up,
        }
        said.append(
            _("The posts were up %(up)s of %(known)s hours of opening (%(percent)s %%).") % up
        )
        if hours.unknown:
            unknown = {"hours": number(round(hours.unknown))}
            said.append(_("Of %(hours)s more it is not known.") % unknown)
    if covered.never_reported:
        names = ", ".join(covered.never_reported)
        said.append(_("Never reported: %(names)s.") % {"names": names})
    if hours.known:
        there = {
            "attended": number(round(hours.attended)),
            "known": number(round(hours.known)),
            "percent": hours.percent_attended,
        }
        duty = _(
            "A shift was on duty in %(attended)s of %(known)s hours of opening (%(percent)s %%)."
        )
        said.append(duty % there)
    elif hours.open:
        said.append(
            _("Hours that posts were attended: not known, no post has reported on this time.")
        )
    counts = {
        "live": number(covered.live),
        "paper": number(covered.paper),
        "register": number(covered.register),
        "counted": number(covered.counted),
        "to_come": number(covered.to_come),
    }
    said.append(
        _(
            "Crossings recorded as they took place: %(live)s; from paper: %(paper)s; from an earlier "
            "register: %(register)s. Travellers who were only counted, and stand in none of the "
            "numbers: %(counted)s. Journal entries still to come from the posts: %(to_come)s."
        )
        % counts
    )
    if covered.about:
        rough = _("Of the travellers who were only counted, by estimate: %(number)s.")
        said.append(rough % {"number": number(covered.about)})
    if covered.displaced:
        fled = _(
            "People of displacements who were counted, are not registered yet, and stand in none of the"
            " numbers: %(number)s."
        )
        said.append(fled % {"number": number(covered.displaced)})
    if covered.erased:
        gone = _("Crossings that were erased since, and stand in none of the numbers: %(erased)s.")
        said.append(gone % {"erased": number(covered.erased)})
    return said
