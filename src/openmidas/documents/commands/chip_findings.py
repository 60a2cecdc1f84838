"""What is found in the files of a chip and in certificates, in sentences, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.chip_access_words import FOUND
from openmidas.documents.commands.download_words import DOWNLOADS
from openmidas.documents.commands.languages import Both
from openmidas.documents.commands.revocation_words import REVOCATIONS

_FORM: Mapping[str, Both] = {
    "too_large": ("There are more than {most} bytes.", "Il y a plus de {most} octets."),
    "too_deep": (
        "Values lie more than {most} deep in one another.",
        "Des valeurs sont emboîtées sur plus de {most} niveaux.",
    ),
    "too_many_parts": ("There are more than {most} parts.", "Il y a plus de {most} éléments."),
    "cut_short": ("The file ends in the middle.", "Le fichier s’arrête au milieu."),
    "bytes_after_end": (
        "Something stands where the value has ended.",
        "Quelque chose suit la fin de la valeur.",
    ),
    "tag_unexpected": (
        "The tag {read} stands where {expected} should.",
        "L’étiquette {read} est à la place de {expected}.",
    ),
    "tag_not_allowed": ("A tag is not one.", "Une étiquette n’en est pas une."),
    "length_not_allowed": ("A length is not one.", "Une longueur n’en est pas une."),
    "number_not_allowed": ("A number is not one.", "Un nombre n’en est pas un."),
    "oid_not_allowed": (
        "An object identifier is not one.",
        "Un identifiant d’objet n’en est pas un.",
    ),
    "bits_not_allowed": ("A string of bits is not one.", "Une chaîne de bits n’en est pas une."),
    "time_not_allowed": ("A time is not one.", "Une date n’en est pas une."),
    "text_not_allowed": (
        "A text is not in the writing that it says.",
        "Un texte n’est pas dans l’écriture annoncée.",
    ),
    "text_too_long": (
        "The text {tag} is too long and was cut: {read} bytes.",
        "Le texte {tag} est trop long et a été coupé : {read} octets.",
    ),
    "date_not_allowed": ("“{read}” is no date.", "« {read} » n’est pas une date."),
    "part_missing": ("The part {tag} is missing.", "L’élément {tag} manque."),
    "zone_length": (
        "The machine readable zone has {length} characters.",
        "La zone de lecture automatique a {length} caractères.",
    ),
    "face_missing": ("There is no picture of a face.", "Il n’y a pas d’image du visage."),
    "face_record": (
        "The record of the face is not one of ISO/IEC 19794-5.",
        "L’enregistrement du visage n’est pas conforme à ISO/IEC 19794-5.",
    ),
    "face_size_differs": (
        "The picture is {picture} pixels; its record says {said}.",
        "L’image fait {picture} pixels ; son enregistrement dit {said}.",
    ),
    "picture_kind": (
        "The picture is neither JPEG nor JPEG 2000.",
        "L’image n’est ni en JPEG ni en JPEG 2000.",
    ),
    "picture_size": (
        "The picture says it has {width} × {height} pixels.",
        "L’image annonce {width} × {height} pixels.",
    ),
    "picture_too_large": (
        "The picture has more than {most} bytes.",
        "L’image a plus de {most} octets.",
    ),
    "picture_broken": ("The picture cannot be drawn.", "L’image ne peut pas être dessinée."),
    "contents_differ": (
        "The unsigned table of contents and the signed one differ: {groups}.",
        "La table des matières non signée et celle qui est signée diffèrent : {groups}.",
    ),
    "zone_differs": (
        "The printed zone and the chip differ: {field}.",
        "La zone imprimée et la puce diffèrent : {field}.",
    ),
    "took_too_long": ("Reading took too long.", "La lecture a pris trop de temps."),
    "reading_failed": (
        "Reading ended without an answer.",
        "La lecture s’est terminée sans réponse.",
    ),
}
_SIGNED: Mapping[str, Both] = {
    "sod_absent": (
        "The chip has no security object (EF.SOD).",
        "La puce n’a pas d’objet de sécurité (EF.SOD).",
    ),
    "not_signed_data": ("This is no signed data.", "Ce ne sont pas des données signées."),
    "version_not_allowed": (
        "Version {version} is not allowed.",
        "La version {version} n’est pas admise.",
    ),
    "signers_not_one": (
        "There are {signers} signatures instead of one.",
        "Il y a {signers} signatures au lieu d’une.",
    ),
    "attribute_twice": ("The attribute {oid} stands twice.", "L’attribut {oid} figure deux fois."),
    "attributes_missing": ("A signed attribute is missing.", "Un attribut signé manque."),
    "group_not_allowed": (
        "There is no data group {group}, or it stands twice.",
        "Le groupe de données {group} n’existe pas, ou figure deux fois.",
    ),
    "signer_certificate_absent": (
        "The signer’s certificate did not come along.",
        "Le certificat du signataire n’est pas joint.",
    ),
    "signer_is_another": (
        "The signature names another certificate than the one that came along.",
        "La signature nomme un autre certificat que celui qui est joint.",
    ),
    "signer_spelled_otherwise": (
        "The signature spells the name of the issuer otherwise than its certificate.",
        "La signature écrit le nom de l’émetteur autrement que son certificat.",
    ),
    "content_type_differs": (
        "The kind of content is not the one that was signed: {read}.",
        "Le type de contenu n’est pas celui qui a été signé : {read}.",
    ),
    "digest_not_announced": (
        "The hash that was signed with is not among those announced.",
        "La fonction de hachage employée n’est pas parmi celles annoncées.",
    ),
    "digests_differ": (
        "Two hashes are named for one signature: {signature}, {message}.",
        "Deux fonctions de hachage pour une signature : {signature}, {message}.",
    ),
    "content_changed": (
        "The hashes of the data groups are not those that were signed.",
        "Les empreintes des groupes de données ne sont pas celles qui ont été signées.",
    ),
    "signature_wrong": ("The signature is wrong.", "La signature est fausse."),
    "digest_weak": (
        "Signed with a hash that is no longer strong: {scheme}.",
        "Signé avec une fonction de hachage qui n’est plus sûre : {scheme}.",
    ),
    "groups_absent": ("No data group was given.", "Aucun groupe de données n’a été fourni."),
    "group_changed": (
        "DG{group} is not what was signed.",
        "DG{group} n’est pas ce qui a été signé.",
    ),
    "group_not_signed": ("Nobody signed DG{group}.", "Personne n’a signé DG{group}."),
    "state_differs": (
        "The zone says {zone}; a certificate of {signer} signed.",
        "La zone dit {zone} ; un certificat de {signer} a signé.",
    ),
}
_CERTIFICATES: Mapping[str, Both] = {
    "algorithm_unknown": (
        "The algorithm {oid} is not known.",
        "L’algorithme {oid} n’est pas connu.",
    ),
    "algorithms_differ": (
        "A certificate names two algorithms for its signature.",
        "Un certificat nomme deux algorithmes pour sa signature.",
    ),
    "parameters_not_allowed": (
        "The parameters of an algorithm are not allowed.",
        "Les paramètres d’un algorithme ne sont pas admis.",
    ),
    "curve_unknown": (
        "The elliptic curve is none that is known: {curve}.",
        "La courbe elliptique n’est pas connue : {curve}.",
    ),
    "point_not_allowed": (
        "The key is no point of its curve.",
        "La clé n’est pas un point de sa courbe.",
    ),
    "key_not_allowed": ("The key cannot be used: {reason}.", "La clé est inutilisable : {reason}."),
    "extension_twice": (
        "The extension {oid} stands twice.",
        "L’extension {oid} figure deux fois.",
    ),
    "issuer_unknown": (
        "No certificate of {issuer} is here.",
        "Aucun certificat de {issuer} n’est ici.",
    ),
    "issuer_key_unknown": (
        "Certificates of {issuer} are here, but not the one that signed.",
        "Des certificats de {issuer} sont ici, mais pas celui qui a signé.",
    ),
    "certificate_signature_wrong": (
        "The signature on the certificate is not of {issuer}.",
        "La signature du certificat n’est pas de {issuer}.",
    ),
    "countries_differ": (
        "A certificate of {issuer} signed for {signer}.",
        "Un certificat de {issuer} a signé pour {signer}.",
    ),
    "not_a_document_signer": (
        "The certificate is not made for signing documents.",
        "Le certificat n’est pas fait pour signer des documents.",
    ),
    "not_a_list_signer": (
        "The certificate is not made for signing master lists.",
        "Le certificat n’est pas fait pour signer des listes de référence.",
    ),
    "not_an_authority": (
        "The certificate may not sign others: it is none of a State’s authority (CSCA).",
        "Le certificat ne peut pas en signer d’autres : ce n’est pas celui d’une autorité d’État (CSCA).",
    ),
    "list_root_absent": (
        "The certificate of {issuer}, which vouches for the signer of the list, is missing.",
        "Le certificat de {issuer}, qui répond du signataire de la liste, manque.",
    ),
    "root_is_another": (
        "The list is not of the authority that was named: its certificate is {read}.",
        "La liste ne vient pas de l’autorité nommée : son certificat est {read}.",
    ),
    "trusted_by_list": (
        "{issuer} is trusted by the master list of {by}.",
        "{issuer} est admis par la liste de référence de {by}.",
    ),
    "trusted_by_link": (
        "{issuer} is trusted by its link to {by}.",
        "{issuer} est admis par son lien avec {by}.",
    ),
    "trusted_by_hand": (
        "{issuer} was brought here by hand: {by}.",
        "{issuer} a été apporté à la main : {by}.",
    ),
    "certificate_not_valid_then": (
        "The certificate was not in force on {day}.",
        "Le certificat n’était pas en vigueur le {day}.",
    ),
    "issuer_not_valid_then": (
        "The State’s certificate was not in force on {day}, when it signed.",
        "Le certificat de l’État n’était pas en vigueur le {day}, quand il a signé.",
    ),
    "signing_time_unknown": (
        "The certificate ended on {day}, and when the chip was signed is not said.",
        "Le certificat a pris fin le {day}, et la date de signature de la puce n’est pas indiquée.",
    ),
    "certificate_ended_since": (
        "The signer’s certificate has ended since, on {day}.",
        "Le certificat du signataire a pris fin depuis, le {day}.",
    ),
    "signed_later_than_now": (
        "The chip was signed on {day}, which is later than now by this clock.",
        "La puce a été signée le {day}, date à venir selon cette horloge.",
    ),
    "active_wrong": (
        "What the chip answered was not signed by the key in DG15.",
        "La réponse de la puce n’est pas signée par la clé de DG15.",
    ),
    "active_hash_unsaid": (
        "DG14 does not say by which hash the chip signs.",
        "DG14 ne dit pas avec quel condensé la puce signe.",
    ),
    "keys_not_shared": (
        "The chip could not seal an answer under the new keys.",
        "La puce n’a pas su sceller une réponse sous les nouvelles clés.",
    ),
    "keys_unused": (
        "The chip agreed on new keys and gave no file under them (answer {status}).",
        "La puce a convenu de nouvelles clés et n’a donné aucun fichier sous elles (réponse {status}).",
    ),
    "chip_way_unknown": (
        "The chip offers chip authentication in a way that is not known here.",
        "La puce offre l’authentification de la puce d’une manière inconnue ici.",
    ),
    "proof_not_offered": (
        "This chip does not offer it.",
        "Cette puce ne l’offre pas.",
    ),
    "proof_not_asked": (
        "The chip was not asked: there are only its files, or reading ended early.",
        "La puce n’a pas été interrogée : il n’y a que ses fichiers, ou la lecture s’est arrêtée tôt.",
    ),
    "proof_not_read": (
        "DG{group}, which this takes, was not read.",
        "DG{group}, qu’il faut pour cela, n’a pas été lu.",
    ),
    "proof_kept_back": (
        "The State signed DG{group} for this chip, and the chip does not give it: so does a copy.",
        "L’État a signé DG{group} pour cette puce, et elle ne le donne pas : ainsi fait une copie.",
    ),
    "proof_unvouched": (
        "The chip has the key in DG{group}, but nobody vouches here that the State gave it to this chip.",
        "La puce a la clé de DG{group}, mais rien ne garantit ici que l’État l’a donnée à cette puce.",
    ),
    "store_broken": (
        "The file of trusted certificates is broken.",
        "Le fichier des certificats admis est abîmé.",
    ),
}
FINDINGS: Mapping[str, Both] = {
    **_FORM,
    **DOWNLOADS,
    **_SIGNED,
    **_CERTIFICATES,
    **REVOCATIONS,
    **FOUND,
}
