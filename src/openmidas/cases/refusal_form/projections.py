"""From the giving of a form to its row."""

from __future__ import annotations

from openmidas.cases.refusal_form import entries
from openmidas.cases.refusal_form.models import ServedRefusal
from openmidas.journal.projecting import Origin, projects, put


@projects(entries.RefusalServed)
def refusal_served(origin: Origin, content: entries.RefusalServed) -> None:
    put(
        ServedRefusal,
        origin,
        content.serving,
        crossing=content.crossing,
        language=content.language,
        understood=content.understood,
        signed=content.signed,
        officer=origin.actor.officer,
        at=origin.at,
    )
