"""What opening a chip in a reader says, and what its command offers, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both

OPTIONS: Mapping[str, Both] = {
    "reader": (
        "read the chip in this reader (a part of its name; none where there is one reader only)",
        "lire la puce dans ce lecteur (une partie de son nom ; rien s’il n’y en a qu’un)",
    ),
    "can": (
        "the card access number, instead of --mrz to open the chip with",
        "le numéro d’accès à la carte, au lieu de --mrz pour ouvrir la puce",
    ),
    "bac": (
        "open the chip by BAC even where it has PACE",
        "ouvrir la puce par BAC même si elle a PACE",
    ),
    "extended": (
        "read in large pieces: faster, where reader and chip can do it",
        "lire en grands morceaux : plus vite, si le lecteur et la puce le permettent",
    ),
    "save": (
        "also put the files of the chip into this folder; it must be new or empty",
        "mettre aussi les fichiers de la puce dans ce dossier, nouveau ou vide",
    ),
    "opened": ("Opened by {access} ({cipher}).", "Ouverte par {access} ({cipher})."),
    "one_source": (
        "Give a folder or --reader, one of the two.",
        "Donnez un dossier ou --reader, l’un des deux.",
    ),
    "no_password": (
        "To open a chip, give --mrz or --can.",
        "Pour ouvrir une puce, donnez --mrz ou --can.",
    ),
    "not_empty": (
        "The folder {folder} is not empty.",
        "Le dossier {folder} n’est pas vide.",
    ),
}
FOUND: Mapping[str, Both] = {
    "pcsc_absent": (
        "Reading from a reader needs pyscard, which is not installed"
        " (Debian and Ubuntu: python3-pyscard; elsewhere: pip install pyscard).",
        "Lire dans un lecteur demande pyscard, qui n’est pas installé"
        " (Debian et Ubuntu : python3-pyscard ; ailleurs : pip install pyscard).",
    ),
    "pcsc_silent": (
        "The system’s service for readers does not answer (on Linux: is pcscd running?).",
        "Le service des lecteurs du système ne répond pas (sous Linux : pcscd tourne-t-il ?).",
    ),
    "reader_unknown": (
        "“{name}” is not the name of one reader. Readers here: {names}.",
        "« {name} » n’est pas le nom d’un seul lecteur. Lecteurs ici : {names}.",
    ),
    "chip_absent": (
        "There is no chip in the reader {name}. Lay the document on it and leave it there.",
        "Il n’y a pas de puce dans le lecteur {name}. Posez le document dessus et laissez-le.",
    ),
    "chip_gone": (
        "The chip is gone. Leave the document on the reader until it has been read.",
        "La puce est partie. Laissez le document sur le lecteur jusqu’à la fin de la lecture.",
    ),
    "chip_silent": (
        "The chip no longer answers. Take the document off the reader and lay it down again.",
        "La puce ne répond plus. Retirez le document du lecteur et reposez-le.",
    ),
    "chip_too_long": (
        "Reading the chip took too long and was ended.",
        "La lecture de la puce a pris trop de temps et a été arrêtée.",
    ),
    "chip_refused": (
        "The chip refuses (answer {status}).",
        "La puce refuse (réponse {status}).",
    ),
    "answer_not_allowed": (
        "The answer of the chip is not one.",
        "La réponse de la puce n’en est pas une.",
    ),
    "not_a_document": (
        "The chip is not the one of a travel document (answer {status}).",
        "La puce n’est pas celle d’un document de voyage (réponse {status}).",
    ),
    "password_zone": (
        "The zone cannot open a chip: it has no number, birth and expiry in their places.",
        "La zone ne peut ouvrir une puce : numéro, naissance et expiration n’y sont pas à leur place.",
    ),
    "password_can": (
        "A card access number has at least six digits, and nothing else.",
        "Un numéro d’accès à la carte a au moins six chiffres, et rien d’autre.",
    ),
    "password_bac": (
        "This chip opens with the printed zone only (BAC).",
        "Cette puce ne s’ouvre qu’avec la zone imprimée (BAC).",
    ),
    "access_denied": (
        "The chip does not open (answer {status}): is every character of the number and of the dates right?"
        " A chip that these do not open belongs to another document.",
        "La puce ne s’ouvre pas (réponse {status}) : chaque caractère du numéro et des dates est-il juste ?"
        " Une puce que ceux-ci n’ouvrent pas est celle d’un autre document.",
    ),
    "access_wrong": (
        "The chip does not keep to the rules of opening: nothing it says counts.",
        "La puce ne suit pas les règles de l’ouverture : rien de ce qu’elle dit ne compte.",
    ),
    "messaging_wrong": (
        "An answer was not sealed rightly: somebody may be between reader and chip, or the line is bad.",
        "Une réponse n’était pas bien scellée : quelqu’un est peut-être entre lecteur et puce,"
        " ou la liaison est mauvaise.",
    ),
    "messaging_lost": (
        "The chip has ended the sealed exchange.",
        "La puce a mis fin à l’échange scellé.",
    ),
    "file_too_large": (
        "The file says that it has {said} bytes; more than {most} are not read.",
        "Le fichier annonce {said} octets ; on n’en lit pas plus de {most}.",
    ),
    "file_stuck": (
        "The file is shorter than it says, or never ends.",
        "Le fichier est plus court qu’il ne le dit, ou ne finit pas.",
    ),
    "pace_unknown": (
        "The chip has PACE in a way that is not known here; it was opened by BAC.",
        "La puce a PACE d’une manière inconnue ici ; elle a été ouverte par BAC.",
    ),
    "card_access_differs": (
        "What the chip said of PACE before it was opened is not what was signed (DG14).",
        "Ce que la puce a dit de PACE avant d’être ouverte n’est pas ce qui a été signé (DG14).",
    ),
}
