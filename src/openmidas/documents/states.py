"""The codes of States and organisations that stand in travel documents (Doc 9303-3, section 5).

Germany is `D`, not the `DEU` of ISO 3166-1: the codes here are those of documents.
"""

from __future__ import annotations

_ISO_CODES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR
COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH
ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL
NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY
PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP
SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA
UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""

ISO_3166_1 = frozenset(_ISO_CODES.split())
"""The officially assigned alpha-3 codes."""

SPECIMEN = frozenset({"UTO"})
"""Part G: Utopia, on specimens only."""

WITHDRAWN = frozenset({"ANT", "NTZ"})
"""Part F: withdrawn from ISO 3166, still in documents issued before."""

UNLISTED = frozenset({"XCT"})
"""In use, but neither in Doc 9303 nor in ISO 3166."""

PERSONS_WITHOUT_NATIONALITY = frozenset({"XXA", "XXB", "XXC", "XXX"})
"""Part E: stateless, refugee, other refugee, unspecified. Nationalities only: nobody issues by them."""

_EXTENSIONS = frozenset({"D", "GBD", "GBN", "GBO", "GBP", "GBS", "RKS", "EUE", "UNO", "UNA", "UNK"})
"""Parts A to C: what ISO 3166-1 lacks."""

_ORGANISATIONS = frozenset(
    {"XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC"}
)
"""Part D: other issuing authorities."""

DOCUMENT_CODES = (
    (ISO_3166_1 - {"DEU"})
    | _EXTENSIONS
    | _ORGANISATIONS
    | PERSONS_WITHOUT_NATIONALITY
    | SPECIMEN
    | WITHDRAWN
    | UNLISTED
)


def is_state(code: str) -> bool:
    """Whether `code`, without fillers, may stand in a document as issuer or nationality."""
    return code in DOCUMENT_CODES
