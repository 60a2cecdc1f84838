"""What lists of revoked certificates say, of chips and of seals, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both, Language, in_language

REASONS: Mapping[str, Both] = {
    "unspecified": ("no reason given", "sans motif indiqué"),
    "key_compromise": (
        "its key is in other hands",
        "sa clé est en d’autres mains",
    ),
    "authority_compromise": (
        "the key of its authority is in other hands",
        "la clé de son autorité est en d’autres mains",
    ),
    "affiliation_changed": (
        "its holder belongs elsewhere",
        "son titulaire dépend d’un autre service",
    ),
    "superseded": ("another has taken its place", "un autre l’a remplacé"),
    "cessation": ("it is used no more", "il n’est plus utilisé"),
    "hold": ("suspended", "suspendu"),
    "privilege_withdrawn": (
        "it may no longer sign",
        "il n’a plus le droit de signer",
    ),
}
REVOCATIONS: Mapping[str, Both] = {
    "certificate_revoked": (
        "The certificate of {subject} was revoked on {day}: {reason}.",
        "Le certificat de {subject} a été révoqué le {day} : {reason}.",
    ),
    "revocations_absent": (
        "No list of revoked certificates of this State is here.",
        "Aucune liste de révocation de cet État n’est ici.",
    ),
    "revocations_old": (
        "The list of revoked certificates is stale: it was good until {day}. What was revoked since is not "
        "known.",
        "La liste de révocation est périmée : elle valait jusqu’au {day}. Ce qui a été révoqué depuis n’est "
        "pas connu.",
    ),
    "revocations_older": (
        "A newer list of this authority is here already; it stays.",
        "Une liste plus récente de cette autorité est déjà ici ; elle reste.",
    ),
    "extension_unknown": (
        "The list has a rule that is not known here ({oid}): it may speak of a part of the certificates "
        "only.",
        "La liste contient une règle inconnue ici ({oid}) : elle ne parle peut-être que d’une partie des "
        "certificats.",
    ),
}


def with_reason(code: str, params: dict[str, str], language: Language) -> dict[str, str]:
    """What goes into the sentence of a finding: the reason of a revocation in words."""
    if code != "certificate_revoked":
        return params
    return params | {"reason": in_language(REASONS[params["reason"]], language)}
