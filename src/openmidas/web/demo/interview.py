"""The second line as an officer works there: through its pages, one traveller after the other."""

from __future__ import annotations

import re
from random import Random
from uuid import UUID

from openmidas.cases.entries import REASONS, Answer, Reason
from openmidas.crossings.entries import AdmissionReason, Outcome, RefusalReason
from openmidas.web.demo.check import Visitor

REFUSED = 0.5
_ANSWERS = {Answer.NOT_SAME: 0.65, Answer.UNSURE: 0.2, Answer.SAME: 0.15}
"""How often each comes up: lists meet namesakes more often than whom they mean."""
_NO_ANSWER_YET = 'name="after" value=""'
_FINDING = '<li class="finding finding--'


class Room:
    """The interview room in a browser without a screen. Everything raises `CheckFailed`."""

    def __init__(self, visitor: Visitor, chance: Random) -> None:
        self._visitor = visitor
        self._chance = chance

    def decide(self, crossing: UUID, *, stop: bool) -> None:
        """Take a traveller on who waits, answer the hits, then admit or refuse."""
        self._visitor.post(f"/second-line/{crossing}/take/")
        answers = self._answer(crossing)
        outcome, reason = self._outcome(answers, stop=stop, other=self._other_stop(crossing))
        self._visitor.post(f"/second-line/{crossing}/resolve/", outcome=outcome, reason=reason)

    def answer_hits(self, crossing: UUID) -> set[Answer]:
        """Open a traveller's page for a purpose and answer the hits as `decide` does; the answers."""
        self._visitor.post(f"/second-line/{crossing}/", purpose="case")
        return self._answer(crossing)

    def _answer(self, crossing: UUID) -> set[Answer]:
        """Look at each hit of a traveller and answer those that nobody has answered; the answers."""
        page = self._visitor.get(f"/second-line/{crossing}/")
        hits = re.findall(rf'href="(/second-line/{crossing}/hits/[0-9a-f-]{{36}}/)"', page)
        given = set()
        for address in dict.fromkeys(hits):
            if _NO_ANSWER_YET not in self._visitor.get(address):
                continue
            answer = self._chance.choices(list(_ANSWERS), list(_ANSWERS.values()))[0]
            reasons = [reason for reason in REASONS[answer] if reason is not Reason.OTHER]
            said = f"{answer}.{self._chance.choice(reasons)}"
            self._visitor.post(f"{address}answer/", said=said)
            given.add(answer)
        return given

    def _other_stop(self, crossing: UUID) -> bool:
        """Whether something else than hits says Stop: that they are somebody else does not answer it."""
        _, *findings = self._visitor.get(f"/second-line/{crossing}/").split(_FINDING)
        hits = f"/second-line/{crossing}/hits/"
        return any(each.startswith("stop") and hits not in each for each in findings)

    def _outcome(
        self, answers: set[Answer], *, stop: bool, other: bool
    ) -> tuple[Outcome, RefusalReason | AdmissionReason]:
        if other:
            return Outcome.REFUSED, RefusalReason.NO_VALID_DOCUMENT
        if answers == {Answer.NOT_SAME}:
            return Outcome.ADMITTED, AdmissionReason.NOT_THE_PERSON
        if stop or Answer.SAME in answers:
            return Outcome.REFUSED, RefusalReason.LIST
        if not answers and self._chance.random() < REFUSED:
            return Outcome.REFUSED, RefusalReason.NO_VALID_DOCUMENT
        return Outcome.ADMITTED, AdmissionReason.FINDINGS_CONSIDERED
