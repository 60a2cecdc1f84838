"""The words that lists of lost and stolen documents use for columns, kinds of document and reasons.

English, French, Spanish and Portuguese, as INTERPOL's member States write them; compared without
accents, case and signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from openmidas.screening.lost.reasons import Reason
from openmidas.screening.lost.rows import SORTS, Sort

COLUMNS = ("number", "type", "issuer", "date", "reason", "action")

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

_COLUMNS: Mapping[str, str] = {
    "number": "number documentnumber docnumber docno documentno passportnumber serialnumber no num"
    " ndudocument ndocument ndepasseport nodudocument numdudocument"
    " numero numerodocument numerodudocument numerodedocumento numdocument dinnumber din"
    " numerodepasseport numerodepassaporte numerodepasaporte identificationnumber",
    "type": "type documenttype doctype typedocument typededocument typedudocument tipo"
    " tipodedocumento tipodocumento kind category nature naturedudocument documentcode",
    "issuer": "issuer issuingcountry countryofissue issuingstate country countrycode"
    " documentcountryoforigin issuingauthority issuedby state paysemetteur paysdedelivrance"
    " paysdemission pays etatemetteur emetteur etatdedelivrance paisemisor pais paisemissor"
    " paisdeemision countryofissuance",
    "date": "date reportdate datereported reportedon dateofreport dateofloss dateoftheft lossdate"
    " theftdate losttheftdate dateofincident incidentdate datededeclaration datedeperte datedevol"
    " datedusignalement since fecha fechadedenuncia datadaocorrencia data datadoregisto"
    " dateofrecord recorddate",
    "reason": "reason status documentstatus circumstance circumstances fraudtype typeoffraud"
    " motif statut raison motivo estado situation",
    "action": "action operation change recordaction update typeofchange mouvement",
}
_SORTS: Mapping[str, str] = {
    "passport": "p pp pd ps po pm pt passport passports ordinarypassport diplomaticpassport"
    " servicepassport officialpassport passeport passeportordinaire passeportdiplomatique"
    " passeportdeservice pasaporte passaporte traveldocument emergencytraveldocument refugeetraveldocument"
    " documentdevoyage titredevoyage laissezpasser salvoconducto saufconduit etd td",
    "identity": "i id ic ac ar c identitycard identity nationalid nationalidentitycard idcard"
    " cartedidentite cartenationaledidentite cni carteidentite cedula ceduladeidentidad dni"
    " bilhetedeidentidade cartaodecidadao residencepermit residencecard permisdesejour cartedesejour"
    " ecowasidcard cartebiometriquecedeao",
    "visa": "v visa visas visto visado visasticker vignettevisa",
}
_REASONS: Mapping[Reason, str] = {
    Reason.STOLEN_BLANK: "stolenblank blankstolen blank stolenblankdocument sb viergevole vierge"
    " volevierge documentviergevole voleenblanc enblancorobado embrancoroubado blanks",
    Reason.STOLEN: "stolen s theft stolendocument vole volee vol robado robada robo roubado roubada"
    " roubo furtado furto",
    Reason.LOST: "lost l loss lostdocument perdu perdue perte egare egaree perdido perdida"
    " extraviado extravio missing",
    Reason.REVOKED: "revoked r invalid invalidated cancelled canceled cancellation annule annulee"
    " annulation invalide invalidee revoque revoquee anulado anulada cancelado revogado revocado"
    " withdrawn retire",
    Reason.OTHER: "other o autre otro outro fraudulentlyobtained misappropriated detourne",
    Reason.NOT_TOLD: " unknown inconnu nottold unspecified na desconocido desconhecido",
}
_WORDS_OF_REMOVAL = (
    "remove removed delete deleted deletion d recovered found supprime suppression retrouve retrouvee"
    " recuperado encontrado withdrawnfromlist retiredelaliste"
)
_REMOVED = frozenset(_WORDS_OF_REMOVAL.split())


def plain(text: str) -> str:
    """The letters and figures of a word, small and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_LETTERS.sub("", decomposed.encode("ascii", "ignore").decode())


def column_of(title: str) -> str | None:
    """Which of `COLUMNS` a column's title stands for."""
    return _COLUMN_OF.get(plain(title))


def sorts_of(text: str) -> tuple[Sort, ...] | None:
    """The kinds of document that a word stands for, all where there is none; None: another word."""
    word = plain(text)
    return (_SORT_OF[word],) if word in _SORT_OF else (SORTS if not word else None)


def reason_of(text: str) -> Reason | None:
    """The reason that a word stands for; None: another word."""
    return _REASON_OF.get(plain(text))


def is_removal(text: str) -> bool:
    """Whether a word says that the document is to be taken off."""
    return plain(text) in _REMOVED


_COLUMN_OF = {word: column for column, words in _COLUMNS.items() for word in words.split()}
_SORT_OF: dict[str, Sort] = {word: sort for sort in SORTS for word in _SORTS[sort].split()}
_REASON_OF = {word: reason for reason, words in _REASONS.items() for word in words.split(" ")}
