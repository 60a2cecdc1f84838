"""How the commands below ``midas read`` end, for scripts.

The question of ``chip`` and ``seal`` is whether something is genuine: they end with 0 only if all of it is.
The question of ``mrz`` and ``image`` is what stands there, and a zone proves nothing by itself: each answer
says how it reads (``ok``, ``accepted``), and a wrong document is no failure of the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openmidas.documents.commands.languages import Both

DONE = 0
FAILED = 1
"""Something could not be read, or nothing was given."""
MISUSED = 2
"""The command line was not understood."""
INVALID = 3
"""Read, and it is not genuine, or a copy, or it differs from the printed zone."""
UNPROVEN = 4
"""Read, and nothing speaks against it, but nobody can say that the State signed it, or that the certificate
was not revoked since."""
_WORST_FIRST = (INVALID, FAILED, UNPROVEN)

HELP: Mapping[str, Both] = {
    "what_stands_there": (
        "Ends with 0: read, and each answer says how far it is right; 1: something could not be read, or "
        "nothing was given; 2: the command was not understood.",
        "Se termine par 0\u00a0: lu, et chaque réponse dit ce qu’elle vaut ; "
        "1\u00a0: quelque chose n’a pas pu être lu, ou rien n’a été donné ; "
        "2\u00a0: la commande n’a pas été comprise.",
    ),
    "is_it_genuine": (
        "Ends with 0: all are valid; 1: something could not be read; 2: the command was not understood; "
        "3: something is not valid, is a copy, or differs from the printed zone; 4: nothing speaks against "
        "it, but the issuer is unknown here, nothing could be checked, or it is not known whether the "
        "certificate was revoked (no list of that State is here, or a stale one). Of several, the first of "
        "3, 1, 4 that holds.",
        "Se termine par 0\u00a0: tout est valide ; 1\u00a0: quelque chose n’a pas pu être lu ; "
        "2\u00a0: la commande n’a pas été comprise ; "
        "3\u00a0: quelque chose n’est pas valide, est une copie ou diffère de la zone imprimée ; "
        "4\u00a0: rien ne s’y oppose, mais l’émetteur est inconnu ici, rien n’a pu être vérifié, ou on ne "
        "sait pas si le certificat a été révoqué (aucune liste de cet État n’est ici, ou elle est périmée). "
        "De plusieurs, le premier de 3, 1, 4 qui est le cas.",
    ),
}


def of_outcome(outcome: str, *, revocation_known: bool = True) -> int:
    """The status for what a seal or a chip is worth: *valid*, *invalid*, and whatever proves nothing.

    ``revocation_known``: whether a list that is good now says that what signed it stands.
    """
    if outcome == "invalid":
        return INVALID
    return DONE if outcome == "valid" and revocation_known else UNPROVEN


def worst(statuses: Iterable[int]) -> int:
    """The status of several at once: a forgery is told before what could not be read."""
    found = set(statuses)
    return next((status for status in _WORST_FIRST if status in found), DONE)
