"""What lists call the people of a State: "Iraqi", "Malian", "Sénégalaise".

Many lists name a nationality so, the British one for years. Words that two States share are left
out ("Congolese", "Korean", "Dominican"): a nationality that is wrong is worse than none.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Of each State: the word in English, then in French, where a feminine form that only adds
# an "e" or doubles the last letter first is understood as well.
_PEOPLES = """
AFG afghan afghani
AGO angolan angolais
ALB albanian albanais
ARE emirati emirian emirien
ARG argentine argentinian argentin
ARM armenian armenien
AUS australian australien
AUT austrian autrichien
AZE azerbaijani azeri azerbaidjanais
BDI burundian burundais
BEL belgian belge
BEN beninese beninois
BFA burkinabe burkinabé burkinabè
BGD bangladeshi bangladais
BGR bulgarian bulgare
BHR bahraini bahreini bahreinien
BIH bosnian bosnien
BLR belarusian belarussian bielorusse
BOL bolivian bolivien
BRA brazilian bresilien
BWA botswanan motswana botswanais
CAF central-african centrafricain
CAN canadian canadien
CHE swiss suisse
CHL chilean chilien
CHN chinese chinois
CIV ivorian ivoirien
CMR cameroonian camerounais
COL colombian colombien
COM comorian comoran comorien
CPV cape-verdean cabo-verdean cap-verdien
CRI costa-rican costaricien
CUB cuban cubain
CYP cypriot chypriote
CZE czech tcheque
D german allemand
DJI djiboutian djiboutien
DNK danish danois
DZA algerian algerien
ECU ecuadorian ecuadorean equatorien
EGY egyptian egyptien
ERI eritrean erythreen
ESP spanish espagnol
EST estonian estonien
ETH ethiopian ethiopien
FIN finnish finlandais
FRA french francais
GAB gabonese gabonais
GBR british britannique
GEO georgian georgien
GHA ghanaian ghaneen
GIN guinean guineen
GMB gambian gambien
GNB bissau-guinean bissau-guineen
GNQ equatorial-guinean equato-guineen
GRC greek grec grecque
GTM guatemalan guatemalteque
HND honduran hondurien
HRV croatian croate
HTI haitian haitien
HUN hungarian hongrois
IDN indonesian indonesien
IND indian indien
IRL irish irlandais
IRN iranian iranien
IRQ iraqi irakien iraquien
ISL icelandic islandais
ISR israeli israelien
ITA italian italien
JAM jamaican jamaicain
JOR jordanian jordanien
JPN japanese japonais
KAZ kazakh kazakhstani kazakhe
KEN kenyan
KGZ kyrgyz kyrgyzstani kirghize
KHM cambodian cambodgien
KWT kuwaiti koweitien
LBN lebanese libanais
LBR liberian liberien
LBY libyan libyen
LKA sri-lankan sri-lankais
LSO basotho lesothan
LTU lithuanian lituanien
LVA latvian letton
MAR moroccan marocain
MDA moldovan moldave
MDG malagasy malgache
MDV maldivian maldivien
MEX mexican mexicain
MKD macedonian macedonien
MLI malian malien
MLT maltese maltais
MMR burmese myanma birman
MNE montenegrin montenegrin
MNG mongolian mongol
MOZ mozambican mozambicain
MRT mauritanian mauritanien
MUS mauritian mauricien
MWI malawian malawien
MYS malaysian malaisien
NAM namibian namibien
NER nigerien
NGA nigerian
NIC nicaraguan nicaraguayen
NLD dutch neerlandais
NOR norwegian norvegien
NPL nepalese nepali nepalais
NZL new-zealander neo-zelandais
OMN omani omanais
PAK pakistani pakistanais
PAN panamanian panameen
PER peruvian peruvien
PHL filipino filipina philippine philippin
POL polish polonais
PRK north-korean nord-coreen
PRT portuguese portugais
PRY paraguayan paraguayen
PSE palestinian palestinien
QAT qatari qatarien
RKS kosovan kosovar kosovo-albanian
ROU romanian roumain
RUS russian russe
RWA rwandan rwandais
SAU saudi saudi-arabian saoudien
SDN sudanese soudanais
SEN senegalese senegalais
SGP singaporean singapourien
SLE sierra-leonean sierra-leonais
SLV salvadoran salvadorian salvadorien
SOM somali somalian somalien
SRB serbian serbe
SSD south-sudanese sud-soudanais
STP sao-tomean santomeen
SVK slovak slovaque
SVN slovenian slovene
SWE swedish suedois
SWZ swazi
SYC seychellois
SYR syrian syrien
TCD chadian tchadien
TGO togolese togolais
THA thai thailandais
TJK tajik tajikistani tadjik
TKM turkmen turkmene
TTO trinidadian trinidadien
TUN tunisian tunisien
TUR turkish turc turque
TWN taiwanese taiwanais
TZA tanzanian tanzanien
UGA ugandan ougandais
UKR ukrainian ukrainien
URY uruguayan uruguayen
USA american americain
UZB uzbek uzbekistani ouzbek
VEN venezuelan venezuelien
VNM vietnamese vietnamien
XXA stateless apatride
YEM yemeni yemenite
ZAF south-african sud-africain
ZMB zambian zambien
ZWE zimbabwean zimbabween
"""


def people_code(text: str) -> str | None:
    """The code of the State whose people are called so; None when not known."""
    return _codes().get(_folded(text))


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in _PEOPLES.split("\n"):
        code, *words = line.split() or [""]
        for word in map(_folded, words):
            codes[word] = code
            for feminine in (f"{word}e", f"{word}{word[-1]}e"):
                codes.setdefault(feminine, code)
    return codes


def _folded(text: str) -> str:
    """Small letters without accents, hyphens as blanks."""
    bare = unicodedata.normalize("NFD", text.strip().casefold().replace("-", " "))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())
