"""What stands in the remarks of the SDN list: "DOB 10 Dec 1948; POB Egypt; Passport 304555 (Egypt)".

The remarks are kept whole; this takes out what a traveller can be compared with.
"""

from __future__ import annotations

import re

from openmidas.screening.formats.draft import Draft

_BIRTH = re.compile(r"(?:alt\. )?DOB (.+)")
_BIRTH_PLACE = re.compile(r"(?:alt\. )?POB (.+)")
_NATIONALITY = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
_GENDER = re.compile(r"Gender:? (.+)")
_ALIAS = re.compile(r"(?:alt\. )?(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.),? ['\"](.+?)['\"]\.?")
# What a number follows: "National ID No.", "Passport", "Numero de Identidad", as the list's own
# table of them has it (IDRegDocType in its advanced form). The last such word before the number
# ends the kind.
_KINDS = (
    r"Passport|No\.?|[Nn]umber|Card|ID|#|SSN|C\.U\.R\.P\.|R\.F\.C\.|RFC|D\.N\.I\.|DNI|C\.I\.|I\.F\.E\."
    r"|RTN|Identidad|Tazkira|N\.I\.E\.|C\.I\.F\.|N\.I\.F\.|C\.I\.N\.|C\.U\.I\.[TPL]\.|C\.U\.I\.|US FEIN"
    r"|Credencial electoral|Fiscal Code|Militar Nacional|VisaNumberID|Permanent Resident"
    r"|Identification Document|UAE Identification|Tax Registration"
    r"|\((?:NUIT|NUIC|OGRNIP|Personal Numerical Code)\)"
)
_DOCUMENT = re.compile(
    rf"(?:alt\. )?(?P<kind>(?:[^\d();]*\s)?(?:{_KINDS})) (?P<number>[^()]*?\d[^()]*?)"
    r"(?: \((?P<issuer>[^()]*)\))?(?: (?:issued|expires) .*)?"
)
_ENDS_AS_DOCUMENT = re.compile(rf"(?:.*\s)?(?:{_KINDS})", re.IGNORECASE)
_NO_DOCUMENT = ("telephone", "phone", "fax")
# "Sr. Lt." and initials end in a point as well: a clause ends at a semicolon only.
_CLAUSES = re.compile(r";\s*")
LONGEST_CLAUSE = 500
"""Longer ones are prose; they stay in the remark and are not looked at."""


def read_remarks(draft: Draft, field: str, text: str, *, cut: str = "") -> None:
    """Take births, sex, nationalities, weak aliases and documents out of a remark.

    ``cut``: the beginning of what stands elsewhere, which is kept and not looked at.
    """
    remarks = draft.report.clean(field, text)
    if remarks or cut:
        draft.remarks.append(f"{remarks or ''}{cut}")
    if not remarks:
        return
    for clause in _CLAUSES.split(remarks.removesuffix(".")):
        _read_clause(draft, field, clause.strip())


def _read_clause(draft: Draft, field: str, clause: str) -> None:
    if len(clause) > LONGEST_CLAUSE:
        return
    if found := _BIRTH.fullmatch(clause):
        draft.add_birth(field, found[1])
    elif found := _BIRTH_PLACE.fullmatch(clause):
        draft.add_detail("birth_place", found[1])
    elif found := _NATIONALITY.fullmatch(clause):
        draft.add_nationality(field, found[1])
    elif found := _GENDER.fullmatch(clause):
        draft.set_sex(field, found[1])
    elif found := _ALIAS.fullmatch(clause):
        # The list puts between quotes what it calls a weak alias.
        draft.add_name(field, found[1], "low")
    elif (found := _DOCUMENT.fullmatch(clause)) and names_document(found["kind"]):
        issuer = found["issuer"] or ""
        draft.add_document(field, found["number"], found["kind"], issuer, clause)


def names_document(kind: str) -> bool:
    """Whether these words name a document of a person, and no telephone, website or regulation."""
    told = kind[:LONGEST_CLAUSE].strip().rstrip(":")
    is_telephone = any(word in told.lower() for word in _NO_DOCUMENT)
    return bool(_ENDS_AS_DOCUMENT.fullmatch(told)) and not is_telephone
