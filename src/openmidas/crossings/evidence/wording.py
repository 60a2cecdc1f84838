"""What chips and seals say, as officers read it: in plain words, and never more than was checked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.evidence.kept import Agreement, Opened, Originality, Proof
from openmidas.crossings.evidence.portraits import Standing
from openmidas.crossings.words import FIELDS, Words, state_in_words
from openmidas.documents.state_names import alpha3

EVIDENCE_FINDINGS: dict[str, tuple[Words, Words]] = {
    "chip_valid": (
        _("Chip genuine, signed by %(signed_by)s"),
        _("Its data are as that State wrote them. %(proven)s"),
    ),
    "chip_copy": (
        _("The chip is a copy"),
        _(
            "It cannot prove that it is the one that the State made. Keep the document, and look at it and"
            " at its holder at the second line."
        ),
    ),
    "chip_unproven": (
        _("Not known whether the chip is a copy"),
        _(
            "Asked to prove itself, it gave no answer that decides: a copy can do that, and so can a bad"
            " contact. Read it once more; if it stays so, look at the document closely."
        ),
    ),
    "chip_invalid": (
        _("Chip not genuine"),
        _("%(chip_why)s Keep the document, and look at it and at its holder at the second line."),
    ),
    "chip_issuer_unknown": (
        _("Chip: the State’s certificate is not here"),
        _("The chip says nothing for or against the document. That is no fault of the traveller."),
    ),
    "chip_not_performed": (_("Chip not checked"), _("%(chip_why)s")),
    "chip_differs": (
        _("Chip and printed lines differ: %(fields)s"),
        _(
            "One of the two was changed, or the lines were misread or typed wrongly. Compare them with the"
            " document; if they were, cancel and scan or type it again."
        ),
    ),
    "chip_not_compared": (
        _("Chip not compared with the document"),
        _("Not all that is printed was read, or not what the chip says. Compare them by eye."),
    ),
    "chip_revocations_stale": (
        _("Chip: the State’s list of revoked certificates is stale"),
        _(
            "Whether the certificate that signed the chip was revoked since is not known here. Look at the"
            " document closely, and tell headquarters: a newer list comes with the next exchange."
        ),
    ),
    "seal_revocations_stale": (
        _("%(seal)s: the State’s list of revoked certificates is stale"),
        _(
            "Whether the certificate that signed the seal was revoked since is not known here. Look at the"
            " document closely, and tell headquarters: a newer list comes with the next exchange."
        ),
    ),
    "seal_valid": (
        _("%(seal)s: genuine"),
        _("Digital seal signed by %(signer)s. It says nothing of who holds it: compare."),
    ),
    "seal_invalid": (_("%(seal)s: not genuine"), _("%(seal_why)s")),
    "seal_issuer_unknown": (
        _("%(seal)s: who signed is not known here"),
        _(
            "The digital seal says nothing for or against the document. That is no fault of the traveller."
        ),
    ),
    "seal_not_performed": (_("%(seal)s: not checked"), _("%(seal_why)s")),
    "seal_differs": (
        _("%(seal)s: of another document"),
        _("It names another number than the document that was read. Ask whose it is."),
    ),
    "seal_receipt": (
        _("Receipt %(number)s, genuine"),
        _("%(direction)s at %(post)s on %(at)s."),
    ),
}
UNTIL = _("May stay until %(until)s.")
PROVEN: dict[str, Words] = {
    Originality.PASSED: _("Asked to prove itself, it did: it is the original."),
    Originality.NOT_OFFERED: _(
        "This kind of chip cannot prove that it is no copy: a copy of the chip would pass as well."
    ),
    Originality.UNKNOWN: _("Whether it is the original or a copy could not be found out."),
    Originality.NOT_ASKED: _(
        "It was not asked to prove itself: a copy of the chip would pass as well."
    ),
}
CHIP_WHY: dict[str, Words] = {
    "structure": _("What should be its signature cannot be read."),
    "signer": _("It is not clear who signed it."),
    "content": _("The signature is of something else."),
    "signature": _("The signature is wrong."),
    "hashes": _("Its data were changed after they were signed."),
    "chain": _("Whoever signed it was not allowed to by that State."),
    "validity": _("Whoever signed it was not allowed to on that day."),
    "revocation": _("That State took back the certificate of whoever signed it."),
    "state": _("Another State signed it than the one that is printed."),
    "sod_absent": _("It has no signature, or it was not read."),
    "zone_absent": _("Its machine readable zone was not read. Read it once more."),
    "time_unknown": _("When it was signed is not known, and the certificate has ended since."),
    "store_broken": _("The State’s certificates that are kept here cannot be read."),
    "too_large": _("It is larger than any chip. It was not read."),
    "took_too_long": _("Reading it took too long and was ended."),
    "reading_failed": _("Reading it ended without an answer."),
}
CHIP_WHY_NOT = _("One of the checks failed: %(code)s.")
SEAL_WHY: dict[str, Words] = {
    "signature_wrong": _("The signature is wrong: it was changed or forged."),
    "certificate_malformed": _("The certificate in it cannot be read."),
    "certificate_not_in_force": _("Whoever signed it was not allowed to on that day."),
    "certificate_purpose": _("Whoever signed it may not sign seals of this kind."),
    "chain_wrong": _("Whoever signed it was not allowed to by that State."),
    "state_differs": _("Another State signed it than the one that is printed."),
    "zone_differs": _("Another State signed it than the one whose machine readable zone is in it."),
    "certificate_revoked": _("That State took back the certificate of whoever signed it."),
    "post_revoked": _(
        "Signed after the State had ceased to trust the key of that post: somebody else may have it."
    ),
    "signature_missing": _("It is not signed: anybody can have made it."),
    "signing_date_missing": _("It does not say when it was signed."),
    "algorithm_unknown": _("It is signed in a way that is not known here."),
    "key_unknown": _("It is signed in a way that is not known here."),
}
SEALS: dict[str, Words] = {
    "visa": _("Visa"),
    "emergency_travel_document": _("Emergency travel document"),
    "residence_permit": _("Residence permit"),
    "supplementary_sheet": _("Supplementary sheet"),
    "arrival_attestation": _("Attestation of arrival"),
    "address_sticker_identity_card": _("Address on an identity card"),
    "address_sticker_residence_permit": _("Address on a residence permit"),
    "address_sticker_passport": _("Address in a passport"),
    "social_insurance_card": _("Social insurance card"),
    "administrative_document": _("Administrative document"),
    "entry_stamp": _("Digital entry stamp"),
    "receipt": pgettext_lazy("seal", "Receipt"),
    "icao.vacc": _("Vaccination certificate"),
    "icao.test": _("Test certificate"),
}
SEAL = _("Digital seal (%(code)s)")
CHIP_SAID: dict[str, Words] = {
    Proof.VALID: pgettext_lazy("chip", "genuine"),
    Proof.INVALID: pgettext_lazy("chip", "not genuine"),
    Proof.ISSUER_UNKNOWN: pgettext_lazy("chip", "not checked: no certificate here"),
    Proof.NOT_PERFORMED: pgettext_lazy("chip", "not checked"),
}
SEAL_SAID: dict[str, Words] = {
    Proof.VALID: pgettext_lazy("digital seal", "genuine"),
    Proof.INVALID: pgettext_lazy("digital seal", "not genuine"),
    Proof.ISSUER_UNKNOWN: pgettext_lazy(
        "digital seal", "not checked: who signed is not known here"
    ),
    Proof.NOT_PERFORMED: pgettext_lazy("digital seal", "not checked"),
}
PORTRAITS: dict[Standing, tuple[str, Words]] = {
    Standing.SIGNED: (
        "clear",
        _("Photograph in the chip, as its State signed it. Compare it with who stands here."),
    ),
    Standing.UNPROVEN: (
        "info",
        _("Photograph in the chip. It is not known here who signed it. Compare it all the same."),
    ),
    Standing.UNCHECKED: (
        "unknown",
        _(
            "Photograph in the chip, whose signature was not checked: see its line. Compare it closely."
        ),
    ),
    Standing.UNCOMPARED: (
        "look",
        _(
            "Photograph in the chip, signed by its State. The chip was not held against the printed lines: "
            "compare its name and number with the document, and the photograph with who stands here."
        ),
    ),
    Standing.DOUBTFUL: (
        "look",
        _(
            "Photograph in the chip, signed by its State; but the chip is doubtful: see its line. Compare it "
            "closely."
        ),
    ),
    Standing.UNSIGNED: (
        "unknown",
        _(
            "Photograph in the chip. It has no signature, or that was not read: anybody can have put it "
            "there."
        ),
    ),
    Standing.OTHER: (
        "stop",
        _(
            "The chip is of another holder, or of another document than the printed one: that this "
            "photograph is like who stands here proves nothing."
        ),
    ),
    Standing.FORGED: (
        "stop",
        _(
            "The chip is not genuine or a copy: that this photograph is like the holder proves nothing."
        ),
    ),
    Standing.CHANGED: (
        "stop",
        _("This photograph was changed or put in after the State had signed the chip."),
    ),
    Standing.UNREADABLE: (
        "unknown",
        _("The photograph in the chip cannot be shown. Compare the printed one."),
    ),
    Standing.NONE: (
        "unknown",
        _("No photograph was read of the chip. Compare the printed one."),
    ),
}
"""How each is drawn, and its words."""
CHIP_COPY = pgettext_lazy("chip", "a copy")
CHIP_UNPROVEN = _("not known whether it is a copy")
CHIP_ORIGINAL = _("proved to be the original")
CHIP_NOT_READ = pgettext_lazy("chip", "not read")
SEAL_NOT_READ = pgettext_lazy("digital seal", "not read")
DIFFERS = _("differs from what is printed")
AGREES = _("agrees with what is printed")
NUMBER_AGREES = _("number agrees; compare the rest by eye")
NOT_COMPARED = _("not compared with what is printed")
NOT_KNOWN_REVOKED = _("not checked whether the certificate was revoked")
LIST_STALE = _("list of revoked certificates stale")
OPENED: dict[str, Words] = {
    Opened.PACE: _("opened by PACE"),
    Opened.BAC: _("opened by BAC"),
}
OF_DOCUMENT: dict[str, Words] = {
    Agreement.SAME: _("names this document"),
    Agreement.OTHER: _("names another document"),
}


def chip_why(code: str) -> str:
    """Why a chip is not genuine, or was not checked; a step that a newer node knows by its code."""
    return str(CHIP_WHY[code]) if code in CHIP_WHY else CHIP_WHY_NOT % {"code": code}


def proven(code: str) -> str:
    """Whether a genuine chip is the original; what a newer node knows by its code."""
    return str(PROVEN[code]) if code in PROVEN else CHIP_WHY_NOT % {"code": code}


def seal_why(code: str) -> str:
    """The same of a seal."""
    return str(SEAL_WHY[code]) if code in SEAL_WHY else CHIP_WHY_NOT % {"code": code}


def seal_in_words(kind: str) -> str:
    """What kind of thing carries a seal."""
    return str(SEALS[kind]) if kind in SEALS else SEAL % {"code": kind}


def signer_in_words(country: str) -> str:
    """A State by the two letters that certificates have; the letters where they are none."""
    return state_in_words(alpha3(country) or country)


def fields_in_words(names: str) -> str:
    """Names of fields, separated by commas."""
    return ", ".join(str(FIELDS.get(name, name)) for name in names.split(", "))
