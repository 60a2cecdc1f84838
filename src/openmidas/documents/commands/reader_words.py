"""What ``midas reader`` says, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both
from openmidas.documents.readers.adapters import Why

WORDS: Mapping[str, Both] = {
    "about": (
        "Bring a document reader of this workstation to the post's page.",
        "Amener un lecteur de documents de ce poste de travail à la page du poste frontière.",
    ),
    "pair": (
        "Pair this workstation's reader with one post; prints the code for the page, once.",
        "Lier le lecteur de ce poste de travail à un poste frontière ; affiche le code pour la page, "
        "une seule fois.",
    ),
    "run": (
        "Serve the reader to the page of the paired post, on this machine alone.",
        "Servir le lecteur à la page du poste frontière lié, sur cette machine seulement.",
    ),
    "origin": (
        "the post's address as it stands in the browser: https://NAME",
        "l’adresse du poste frontière telle qu’elle est dans le navigateur : https://NOM",
    ),
    "device": (
        "the serial port of a DESKO or Elyctis reader, best one of /dev/serial/by-id/",
        "le port série d’un lecteur DESKO ou Elyctis, de préférence un de /dev/serial/by-id/",
    ),
    "pcsc": (
        "the chip readers that the system reaches by PC/SC: those with this in their name, or all",
        "les lecteurs de puces que le système atteint par PC/SC : ceux dont le nom contient ceci, ou tous",
    ),
    "simulate": (
        "no reader: the documents of a file, as one of desko or elyctis sends them, or with chips "
        "(chip); a blank line between two",
        "pas de lecteur : les documents d’un fichier, comme un desko ou un elyctis les envoie, ou avec "
        "des puces (chip) ; une ligne vide entre deux",
    ),
    "authority": (
        "with --simulate chip: put the certificates of the authorities that sign these chips here",
        "avec --simulate chip : mettre ici les certificats des autorités qui signent ces puces",
    ),
    "kit": (
        "an adapter for a maker's kit: a Python module and what in it makes the adapter",
        "un adaptateur pour le kit d’un fabricant : un module Python et ce qui y crée l’adaptateur",
    ),
    "every": (
        "seconds between two simulated documents",
        "secondes entre deux documents simulés",
    ),
    "paired": (
        "Code: {code}\nOn this workstation, open {origin}/workstation/reader/ and type it there. It is "
        "not shown again; the code before is no longer good.",
        "Code : {code}\nSur ce poste de travail, ouvrez {origin}/workstation/reader/ et saisissez-le. "
        "Il n’est pas affiché une seconde fois ; le code précédent ne vaut plus.",
    ),
    "serves": (
        "The reader is served at {host}:{port} to {origin} alone. Ctrl+C ends it.",
        "Le lecteur est servi à {host}:{port}, à {origin} seulement. Ctrl+C y met fin.",
    ),
    "not_an_origin": (
        "“{origin}” is no address of a post: https://, a name or a number, nothing behind it.",
        "« {origin} » n’est pas l’adresse d’un poste frontière : https://, un nom ou un numéro, rien "
        "derrière.",
    ),
    "not_kept": (
        "The pairing cannot be kept in {path}: {reason}.",
        "Impossible de garder le lien dans {path} : {reason}.",
    ),
    "not_paired": (
        "This workstation's reader is not paired yet: midas reader pair --origin https://…",
        "Le lecteur de ce poste de travail n’est pas encore lié : midas reader pair --origin https://…",
    ),
    "port_taken": (
        "Port {port} cannot be had: {reason}. Does it run already?",
        "Impossible d’avoir le port {port} : {reason}. Le programme tourne-t-il déjà ?",
    ),
    "windows": (
        "On Windows, serial readers are connected by the browser (Chrome, Edge), not by this program.",
        "Sous Windows, un lecteur série se connecte par le navigateur (Chrome, Edge), non par ce "
        "programme.",
    ),
    "no_maker": (
        "There is no simulator of “{maker}”; there are: {makers}.",
        "Il n’y a pas de simulateur de « {maker} » ; il y a : {makers}.",
    ),
    "no_file": ("{path} cannot be read: {reason}.", "Impossible de lire {path} : {reason}."),
    "not_written": (
        "{path} cannot be written: {reason}.",
        "Impossible d’écrire {path} : {reason}.",
    ),
    "no_kit": (
        "“{name}” makes no adapter: {reason}",
        "« {name} » ne crée pas d’adaptateur : {reason}",
    ),
    "there": ("Listening to the reader {name}.", "À l’écoute du lecteur {name}."),
    "again": ("It goes on trying.", "Les essais continuent."),
}
GONE: Mapping[Why, Both] = {
    Why.UNPLUGGED: (
        "The reader cannot be opened: it is not plugged in, or this is not the name of a reader.",
        "Impossible d’ouvrir le lecteur : il n’est pas branché, ou ce n’est pas le nom d’un lecteur.",
    ),
    Why.BUSY: (
        "The reader cannot be opened: another program holds it.",
        "Impossible d’ouvrir le lecteur : un autre programme l’occupe.",
    ),
    Why.NOT_ALLOWED: (
        "The reader cannot be opened: this account may not (on Linux, the group dialout may).",
        "Impossible d’ouvrir le lecteur : ce compte n’y a pas accès (sous Linux, le groupe dialout l’a).",
    ),
    Why.FAILED: (
        "The reader answers with an error of its own.",
        "Le lecteur répond par une erreur.",
    ),
    Why.NO_SERVICE: (
        "The system’s service for chip readers does not answer.",
        "Le service des lecteurs de puces du système ne répond pas.",
    ),
}
