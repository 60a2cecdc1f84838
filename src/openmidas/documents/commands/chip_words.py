"""What authentication came to, step by step, in sentences, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.chip.findings import ChipFinding
from openmidas.documents.chip.steps import Outcome, Step, StepName, StepOutcome
from openmidas.documents.commands.chip_findings import FINDINGS
from openmidas.documents.commands.field_words import field_name
from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.documents.commands.revocation_words import with_reason

OUTCOMES: Mapping[Outcome, Both] = {
    "valid": (
        "Valid: the data are as the State wrote them. A copy of the chip would be valid, too.",
        "Valide : les données sont telles que l’État les a écrites. Une copie de la puce le serait aussi.",
    ),
    "invalid": (
        "Invalid: the data were changed, or no State signed them so.",
        "Non valide : les données ont été modifiées, ou aucun État ne les a signées ainsi.",
    ),
    "issuer_unknown": (
        "Issuer unknown: all fits, but the certificate of that State is not here, so nobody can say that the "
        "State signed it.",
        "Émetteur inconnu : tout concorde, mais le certificat de cet État n’est pas ici ; nul ne peut dire "
        "que l’État l’a signé.",
    ),
    "not_performed": (
        "Not performed: nothing can be said of whether the data are genuine.",
        "Non effectuée : rien ne peut être dit de l’authenticité des données.",
    ),
}
ORIGINALITY: Mapping[StepOutcome, Both] = {
    "passed": (
        "Original: the chip has proved that it is the one that the State made.",
        "Originale : la puce a prouvé qu’elle est celle que l’État a faite.",
    ),
    "failed": (
        "A COPY: the chip cannot prove that it is the one that the State made.",
        "UNE COPIE : la puce ne peut pas prouver qu’elle est celle que l’État a faite.",
    ),
    "unknown": (
        "Original or copy: that cannot be told.",
        "Originale ou copie : on ne peut pas le dire.",
    ),
    "not_performed": (
        "Original or copy: the chip did not prove itself; each step says why.",
        "Originale ou copie : la puce n’en a pas fait la preuve ; chaque étape dit pourquoi.",
    ),
}
STEP_NAMES: Mapping[StepName, Both] = {
    "structure": ("form of the security object", "forme de l’objet de sécurité"),
    "signer": ("who signed", "qui a signé"),
    "content": ("what was signed", "ce qui a été signé"),
    "signature": ("signature", "signature"),
    "hashes": ("data groups", "groupes de données"),
    "chain": ("certificate of the State", "certificat de l’État"),
    "validity": ("certificates in force", "certificats en vigueur"),
    "revocation": ("certificates taken back", "certificats révoqués"),
    "state": ("the same State in zone and signature", "même État dans la zone et la signature"),
    "active": ("active authentication", "authentification active"),
    "chip": ("chip authentication", "authentification de la puce"),
}
STEPS: Mapping[StepName, Mapping[StepOutcome, Both]] = {
    "structure": {
        "passed": ("The security object is as it should be.", "L’objet de sécurité est conforme."),
        "failed": (
            "The security object is not as it should be.",
            "L’objet de sécurité n’est pas conforme.",
        ),
        "not_performed": ("There is no security object.", "Il n’y a pas d’objet de sécurité."),
    },
    "signer": {
        "passed": (
            "The certificate of who signed came along.",
            "Le certificat du signataire est joint.",
        ),
        "failed": (
            "The certificate that came along is not the signer’s.",
            "Le certificat joint n’est pas celui du signataire.",
        ),
        "not_performed": ("Who signed was not looked at.", "Le signataire n’a pas été examiné."),
    },
    "content": {
        "passed": (
            "What is there is what was signed.",
            "Ce qui est présent est ce qui a été signé.",
        ),
        "failed": (
            "What is there is not what was signed.",
            "Ce qui est présent n’est pas ce qui a été signé.",
        ),
        "not_performed": (
            "What was signed was not looked at.",
            "Ce qui a été signé n’a pas été examiné.",
        ),
    },
    "signature": {
        "passed": ("The signature is right.", "La signature est juste."),
        "failed": ("The signature is wrong.", "La signature est fausse."),
        "not_performed": ("The signature was not checked.", "La signature n’a pas été vérifiée."),
    },
    "hashes": {
        "passed": (
            "Every data group that was read is as it was signed.",
            "Chaque groupe de données lu est tel qu’il a été signé.",
        ),
        "failed": (
            "A data group is not as it was signed.",
            "Un groupe de données n’est pas tel qu’il a été signé.",
        ),
        "not_performed": (
            "No data group was compared with what was signed.",
            "Aucun groupe de données n’a été comparé à ce qui a été signé.",
        ),
    },
    "chain": {
        "passed": (
            "The signer’s certificate is of a State whose certificate is trusted here.",
            "Le certificat du signataire vient d’un État dont le certificat est admis ici.",
        ),
        "failed": (
            "The signer’s certificate is not of the State that it names.",
            "Le certificat du signataire ne vient pas de l’État qu’il nomme.",
        ),
        "unknown": (
            "The certificate of the State that signed is not here.",
            "Le certificat de l’État signataire n’est pas ici.",
        ),
        "not_performed": (
            "The State’s certificate was not looked for.",
            "Le certificat de l’État n’a pas été cherché.",
        ),
    },
    "validity": {
        "passed": (
            "The certificates were in force when they signed.",
            "Les certificats étaient en vigueur quand ils ont signé.",
        ),
        "failed": (
            "A certificate was not in force when it signed.",
            "Un certificat n’était pas en vigueur quand il a signé.",
        ),
        "unknown": (
            "Whether the certificate was in force when it signed cannot be told.",
            "On ne peut dire si le certificat était en vigueur quand il a signé.",
        ),
        "not_performed": (
            "Whether the certificates were in force was not checked.",
            "La validité des certificats n’a pas été vérifiée.",
        ),
    },
    "revocation": {
        "passed": (
            "The State has not taken the certificate back.",
            "L’État n’a pas révoqué le certificat.",
        ),
        "failed": ("The State has taken the certificate back.", "L’État a révoqué le certificat."),
        "unknown": (
            "Whether the State has taken the certificate back since cannot be told.",
            "On ne peut pas dire si l’État a révoqué le certificat depuis.",
        ),
        "not_performed": (
            "No list of revoked certificates of that State is here.",
            "Aucune liste de révocation de cet État n’est ici.",
        ),
    },
    "state": {
        "passed": (
            "The State of the machine readable zone is the one that signed.",
            "L’État de la zone de lecture automatique est celui qui a signé.",
        ),
        "failed": (
            "Another State signed than the one in the machine readable zone.",
            "Un autre État a signé que celui de la zone de lecture automatique.",
        ),
        "not_performed": (
            "The State of the zone was not compared with the one that signed.",
            "L’État de la zone n’a pas été comparé à celui qui a signé.",
        ),
    },
    "active": {
        "passed": (
            "The chip signed what it was asked to: it is the original.",
            "La puce a signé ce qui lui a été demandé : elle est l’originale.",
        ),
        "failed": (
            "The chip did not sign what it was asked to: it is a copy.",
            "La puce n’a pas signé ce qui lui a été demandé : c’est une copie.",
        ),
        "unknown": (
            "Whether the chip can sign with its own key cannot be told.",
            "On ne peut pas dire si la puce sait signer avec sa propre clé.",
        ),
        "not_performed": (
            "The chip was not asked to sign anything.",
            "Il n’a pas été demandé à la puce de signer.",
        ),
    },
    "chip": {
        "passed": (
            "The chip agreed on new keys with its own: it is the original.",
            "La puce a convenu de nouvelles clés avec la sienne : elle est l’originale.",
        ),
        "failed": (
            "The chip could not agree on new keys with its own: it is a copy.",
            "La puce n’a pas pu convenir de nouvelles clés avec la sienne : c’est une copie.",
        ),
        "unknown": (
            "Whether the chip has its own key cannot be told.",
            "On ne peut pas dire si la puce a sa propre clé.",
        ),
        "not_performed": (
            "No new keys were agreed on with the chip.",
            "Il n’a pas été convenu de nouvelles clés avec la puce.",
        ),
    },
}


def word_outcome(outcome: Outcome, language: Language) -> str:
    """What passive authentication came to, as a sentence."""
    return in_language(OUTCOMES[outcome], language)


def word_originality(outcome: StepOutcome, language: Language) -> str:
    """Whether the chip is a copy, as a sentence."""
    return in_language(ORIGINALITY[outcome], language)


def word_step(step: Step, language: Language) -> str:
    """What one step came to, as a sentence."""
    return in_language(STEPS[step.name][step.outcome], language)


def word_chip_finding(finding: ChipFinding, language: Language) -> str:
    """One thing to know about a chip, as a sentence."""
    params = dict(with_reason(finding.code, finding.params, language))
    if "field" in params:
        params["field"] = field_name(params["field"], language)
    return in_language(FINDINGS[finding.code], language).format_map(params)
