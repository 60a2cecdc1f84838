"""Whether the two letters of a certificate and the code of a document mean one State (Doc 9303-3, 5)."""

from __future__ import annotations

from openmidas.documents.state_names import alpha3
from openmidas.documents.states import SPECIMEN, is_state

_MORE: dict[str, str] = {
    "CN": "HKG MAC",
    "DE": "DEU",
    "DK": "FRO GRL",
    "EU": "EUE",
    "FR": "BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF",
    "GB": "AIA BMU CYM FLK GBD GBN GBO GBP GBS GGY GIB IMN JEY MSR PCN SHN TCA VGB",
    "HK": "CHN",
    "KS": "RKS UNK",
    "MO": "CHN",
    "NL": "ABW BES CUW SXM",
    "UN": "UNA UNK UNO",
    "US": "ASM GUM MNP PRI VIR",
    "UT": "UTO",
    "XK": "RKS UNK",
    "XO": "XOM",
    "ZZ": "UNO",
}
"""Codes of documents beside the one of ISO 3166-1: territories whose documents another State signs, the codes
that only documents have, and letters that real certificates have for them."""


def same_state(code: str, country: str) -> bool | None:
    """Whether a document's code and a certificate's two letters go together; None where nobody can tell."""
    own = alpha3(country) if len(country) == 2 else None
    codes = {*_MORE.get(country, "").split(), *([own] if own else [])}
    if code in codes:
        return True  # even one that no zone should have, as the DEU of German certificates
    if not is_state(code) or (code in SPECIMEN and country not in _MORE):
        return None
    return False if codes else None
