"""What is found in downloads of ICAO's directory, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both

DOWNLOADS: Mapping[str, Both] = {
    "ldif_no_name": (
        "The entry does not begin with the name that it has (dn).",
        "L’entrée ne commence pas par le nom qu’elle porte (dn).",
    ),
    "ldif_line": (
        "A line is neither a name with a value nor the rest of one.",
        "Une ligne n’est ni un nom avec sa valeur, ni la suite d’une autre.",
    ),
    "ldif_base64": (
        "The value of {name} is not in base64.",
        "La valeur de {name} n’est pas en base64.",
    ),
    "ldif_elsewhere": (
        "The entry refers to a file somewhere else: nothing is opened for it.",
        "L’entrée renvoie à un fichier ailleurs : rien n’est ouvert pour elle.",
    ),
    "ldif_change": (
        "The entry changes or deletes another: only entries that stand by themselves are taken in.",
        "L’entrée en modifie ou en supprime une autre : seules celles qui se suffisent sont importées.",
    ),
    "ldif_nothing": (
        "Nothing in it can be taken in: no master list, no certificate of an authority or of a seal signer, "
        "no revocations.",
        "Rien n’y est à importer : ni liste de référence, ni certificat d’une autorité ou d’un signataire de "
        "cachets, ni révocations.",
    ),
    "too_much_at_once": (
        "More than {most} MB of it would have to be looked at at once. Divide the file at an empty line, and "
        "give its parts one after the other.",
        "Il y aurait plus de {most} Mo à examiner d’un coup. Divisez le fichier à une ligne vide, et "
        "donnez-en les parties l’une après l’autre.",
    ),
    "pkd_remark": (
        "ICAO’s directory says of it: {text}",
        "Le répertoire de l’OACI en dit : {text}",
    ),
    "not_a_seal_signer": (
        "This certificate is for something else than sealing documents.",
        "Ce certificat sert à autre chose qu’à apposer des cachets sur des documents.",
    ),
}
