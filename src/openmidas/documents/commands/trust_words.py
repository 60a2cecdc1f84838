"""What the commands of chips and of trusted certificates say, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both

COMMAND: Mapping[str, Both] = {
    "chip": (
        "read the files of a chip, from a folder or a reader, and check that a State signed them",
        "lire les fichiers d’une puce, d’un dossier ou d’un lecteur, et vérifier qu’un État les a signés",
    ),
    "folder": (
        "with EF.SOD, EF.COM, DG1, DG2 and others, as files",
        "avec EF.SOD, EF.COM, DG1, DG2 et d’autres, en fichiers",
    ),
    "printed": (
        "the printed machine readable zone, to open the chip with and to compare it with",
        "la zone de lecture automatique imprimée, pour ouvrir la puce et la lui comparer",
    ),
    "printed_no_zone": (
        "What --mrz gives is no whole machine readable zone: the chip could not be compared with it.",
        "Ce que donne --mrz n’est pas une zone de lecture automatique entière : la puce ne pourrait pas lui "
        "être comparée.",
    ),
    "no_chip": (
        "There is no file of a chip in this folder.",
        "Il n’y a aucun fichier de puce dans ce dossier.",
    ),
    "trust": (
        "take in master lists, certificates of States and of seal signers, revocations; list and remove them",
        "importer listes de référence, certificats d’États et de signataires de cachets, révocations ; "
        "montrer, retirer",
    ),
    "files": (
        "downloads of ICAO (.ldif), master lists (.ml), certificates (.cer, .der, .pem), revocations (.crl)",
        "téléchargements de l’OACI (.ldif), listes (.ml), certificats (.cer, .der, .pem), révocations (.crl)",
    ),
    "store": (
        "the file of trusted certificates; without it, trust.json in the node’s folder",
        "le fichier des certificats admis ; sans lui, trust.json dans le dossier du nœud",
    ),
    "by": (
        "who does this, by name; without it, the account",
        "qui fait cela, par son nom ; sans lui, le compte",
    ),
    "root": (
        "the SHA-256 fingerprint that the root of a list must have, as its State publishes it; one for each",
        "l’empreinte SHA-256 que doit avoir la racine d’une liste, telle que son État la publie",
    ),
    "list": ("show what is trusted and what waits", "montrer ce qui est admis et ce qui attend"),
    "approve": (
        "approve a proposed certificate, as a second person",
        "approuver un certificat proposé, en tant que seconde personne",
    ),
    "remove": (
        "take off a certificate, or a list with what it alone vouches for",
        "retirer un certificat, ou une liste avec ce dont elle répond seule",
    ),
    "json": ("answer in JSON", "répondre en JSON"),
    "nothing": ("Nothing is asked for.", "Rien n’est demandé."),
}
SAID: Mapping[str, Both] = {
    "list": (
        "{file}: master list of {root}, signed {signed_at} by {signer}. Certificates: {loaded}, new: {new}.",
        "{file} : liste de référence de {root}, signée {signed_at} par {signer}. "
        "Certificats : {loaded}, nouveaux : {new}.",
    ),
    "list_unread": (
        "{file}: a master list that cannot be read to its end.",
        "{file} : une liste de référence qui ne se lit pas jusqu’au bout.",
    ),
    "root_known": (
        "Its root was trusted here already.",
        "Sa racine était déjà admise ici.",
    ),
    "root_new": (
        "Its root was not known here. Compare its fingerprint with the one that its State publishes: "
        "{root_fingerprint}",
        "Sa racine n’était pas connue ici. Comparez son empreinte à celle que publie son État : "
        "{root_fingerprint}",
    ),
    "certificate": (
        "{file}: certificate of {root}: {fingerprint}.",
        "{file} : certificat de {root} : {fingerprint}.",
    ),
    "trusted": ("trusted", "admis"),
    "proposed": ("proposed: waits for a second person", "proposé : attend une seconde personne"),
    "revocations": (
        "{file}: list of {loaded} revoked certificates of {root}, number {number}, of {signed_at}, "
        "good until {until}.",
        "{file} : liste de {loaded} certificats révoqués de {root}, numéro {number}, du {signed_at}, "
        "valable jusqu’au {until}.",
    ),
    "good": (
        "{revocations}: list {number} of revoked certificates, of {made}, good until {until}: {revoked}.",
        "{revocations} : liste de révocation {number}, du {made}, valable jusqu’au {until} : {revoked}.",
    ),
    "stale": (
        "{revocations}: list {number} of revoked certificates, of {made}, STALE since {until}: {revoked}.",
        "{revocations} : liste de révocation {number}, du {made}, PÉRIMÉE depuis le {until} : {revoked}.",
    ),
    "download": (
        "{file}: download of ICAO’s directory (PKD). To be taken in: {loaded}; signers of chips passed over, "
        "as each chip brings its own: {passed}.",
        "{file} : téléchargement du répertoire de l’OACI (RCP). À importer : {loaded} ; signataires de puces "
        "laissés, chaque puce apportant le sien : {passed}.",
    ),
    "signer": (
        "{file}: certificate of the seal signer {signer}, by {root}: {fingerprint}.",
        "{file} : certificat du signataire de cachets {signer}, par {root} : {fingerprint}.",
    ),
    "listed_signer": (
        "{start}  {day}  {subject}  signs seals as {seals} ({issuer})",
        "{start}  {day}  {subject}  signe des cachets : {seals} ({issuer})",
    ),
    "untrusted_signer": (
        "{start}  {day}  {subject}  NOT trusted, as its authority is not ({issuer}); in seals: {seals}",
        "{start}  {day}  {subject}  PAS admis, son autorité ne l’étant pas ({issuer}) ; cachets : {seals}",
    ),
    "signers": (
        "Certificates of seal signers: {signers}.",
        "Certificats de signataires de cachets : {signers}.",
    ),
    "untold": (
        "Certificates that cannot be read either: {untold}. Given by itself, the list says why of each.",
        "Autres certificats illisibles : {untold}. Donnée seule, la liste en dit chaque motif.",
    ),
    "none": ("{file}: not understood.", "{file} : pas compris."),
    "refused": ("Not taken in.", "Pas importé."),
    "counts": (
        "Trusted certificates: {trusted}; their States: {states}; waiting: {proposed}.",
        "Certificats admis : {trusted} ; leurs États : {states} ; en attente : {proposed}.",
    ),
    "on_node": (
        "This file is for commands as `midas read chip`: the counter goes by what headquarters publishes.",
        "Ce fichier sert à des commandes comme « midas read chip » : le guichet suit ce que publie le siège.",
    ),
    "removed": ("Taken off.", "Retiré."),
    "approved": ("Approved.", "Approuvé."),
}
NOT_POSSIBLE: Mapping[str, Both] = {
    "nothing_to_approve": (
        "This certificate does not wait for anybody.",
        "Ce certificat n’attend personne.",
    ),
    "same_person": (
        "Somebody else must approve than who proposed it; say who with --by.",
        "Il faut une autre personne que celle qui l’a proposé ; dites qui avec --by.",
    ),
    "nobody": ("Say who does this with --by.", "Dites qui fait cela avec --by."),
    "several_fit": (
        "Several certificates have a fingerprint that begins so.",
        "Plusieurs certificats ont une empreinte qui commence ainsi.",
    ),
    "none_fits": (
        "No certificate has a fingerprint that begins so.",
        "Aucun certificat n’a une empreinte qui commence ainsi.",
    ),
}
