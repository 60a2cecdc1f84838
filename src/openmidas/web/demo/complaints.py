"""Complaints of the sample country: what travellers report at desks of both corridors."""

from __future__ import annotations

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.receipts.issuing import number_of
from openmidas.nodes.identity import this_node
from openmidas.rights.complaining import Given, complain
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.models import Complaint
from openmidas.rights.sealing import new_secret

CODE_WORD = "DEM0-DEM0-DEM0-DEM0"
"""Of the first complaint of each post, so that a visitor can fetch its answer at the kiosk."""

_WORDS = (
    (
        ComplaintKind.MONEY,
        "Au couloir 1, on m’a demandé 1 000 francs pour le cachet, avec mon passeport en règle.",
    ),
    (
        ComplaintKind.MONEY,
        "L’agent a gardé ma carte CEDEAO jusqu’à ce que le chauffeur paie pour tout le bus.",
    ),
    (
        ComplaintKind.MONEY,
        "Chaque taxi-moto donne 500 francs le matin, sinon il attend jusqu’à midi.",
    ),
    (
        ComplaintKind.MONEY,
        "I had to pay twice, once on each side of the bridge. Nobody gave me a receipt.",
    ),
    (
        ComplaintKind.MONEY,
        "On m’a dit que la vaccination se paie au guichet. Mon carnet était à jour.",
    ),
    (
        ComplaintKind.MONEY,
        "Le prix est plus haut pour les femmes qui vendent au marché. C’est chaque vendredi.",
    ),
    (
        ComplaintKind.DELAY,
        "Le bus a attendu cinq heures, et il y avait un seul agent pour cent personnes.",
    ),
    (ComplaintKind.DELAY, "Ma fille était malade, et personne ne nous a laissés passer devant."),
    (
        ComplaintKind.VIOLENCE,
        "Un agent a frappé mon frère avec sa ceinture derrière le bâtiment, devant deux témoins.",
    ),
    (
        ComplaintKind.DISCRIMINATION,
        "On fait descendre seulement ceux qui parlent peul, et on fouille leurs sacs.",
    ),
    (ComplaintKind.LOST_DOCUMENT, "Ma carte d’identité n’a pas été rendue après la seconde ligne."),
)


def make_complaints() -> int:
    """Make the complaints of this post, where there are none; how many. Raises `Refused`."""
    if Complaint.objects.filter(node=this_node().id).exists():
        return 0
    crossed = Crossing.objects.filter(node=this_node().id, status=Status.ADMITTED)
    last = crossed.exclude(receipt_sequence=None).order_by("-at").first()
    for place, (about, words) in enumerate(_WORDS):
        given = Given(
            about=about,
            words=words,
            language="en" if words.startswith("I ") else "fr",
            receipt=number_of(last) if last and place == 0 else "",
            secret=CODE_WORD if place == 0 else new_secret(),
        )
        complain(issue_id(), given)
    return len(_WORDS)
