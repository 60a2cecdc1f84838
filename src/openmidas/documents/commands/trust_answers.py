"""What became of files and certificates that were brought, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from openmidas.documents.chip import Entry, Imported, TrustStore
from openmidas.documents.chip.certificates import read_certificate
from openmidas.documents.chip.chain import issuer_in
from openmidas.documents.chip.revocations import RevocationList, read_revocations
from openmidas.documents.chip.seal_signers import SealSigner
from openmidas.documents.commands.chip_answers import findings_as_answers
from openmidas.documents.commands.chip_words import word_chip_finding
from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown
from openmidas.documents.commands.trust_words import SAID


def counts(store: TrustStore) -> dict[str, Any]:
    """How much is trusted, of how many States, by which lists."""
    trusted = list(store.trusted())
    return {
        "trusted": len(trusted),
        "states": len({entry.country for entry in trusted}),
        "proposed": len(store.entries) - len(trusted),
        "signers": len(store.signers),
        "lists": [
            {
                "file": one.file,
                "fingerprint": one.digest,
                "signer": one.signer,
                "root": one.root_name,
                "root_fingerprint": one.root,
                "signed_at": one.signed_at.isoformat() if one.signed_at else None,
                "certificates": one.certificates,
                "imported_by": one.imported_by,
            }
            for one in store.lists
        ],
    }


def counts_as_text(store: TrustStore, language: Language) -> str:
    """The same in a sentence."""
    names = ("counts", "signers") if store.signers else ("counts",)
    said = counts(store)
    return " ".join(in_language(SAID[name], language).format_map(said) for name in names)


def entry_as_answer(store: TrustStore, entry: Entry) -> dict[str, Any]:
    """One certificate of the store as plain values."""
    return {
        "fingerprint": entry.fingerprint,
        "country": entry.country,
        "subject": entry.subject,
        "not_before": entry.not_before.isoformat(),
        "not_after": entry.not_after.isoformat(),
        "state": store.state(entry),
        "how": entry.how,
        "by": store.vouchers(entry),
    }


def revocations(store: TrustStore) -> list[RevocationList]:
    """The lists of revoked certificates that are kept, by the names of their authorities."""
    return sorted(map(read_revocations, store.revocations), key=lambda one: one.issuer.text)


def revocations_as_answer(found: RevocationList, stale: bool) -> dict[str, Any]:
    """One such list as plain values."""
    return {
        "revocations": found.issuer.text,
        "number": _number(found),
        "made": found.made.isoformat(),
        "until": found.until.isoformat(),
        "stale": stale,
        "revoked": len(found.revoked),
    }


def revocations_as_text(found: RevocationList, stale: bool, language: Language) -> str:
    """The same in a sentence."""
    fields = revocations_as_answer(found, stale)
    fields |= {"made": f"{found.made:%Y-%m-%d}", "until": f"{found.until:%Y-%m-%d}"}
    return shown(in_language(SAID["stale" if stale else "good"], language).format_map(fields))


def signer_as_answer(store: TrustStore, signer: SealSigner) -> dict[str, Any]:
    """One seal signer as plain values. ``seals``: as a seal names it, its signer and reference.

    ``state``: *trusted* as long as an authority that signed it is, else *untrusted*.
    """
    certificate = read_certificate(signer.der)
    backed = isinstance(issuer_in(certificate, store), Entry)
    return {
        "seals": f"{signer.signer} {signer.reference}",
        "fingerprint": signer.fingerprint,
        "country": certificate.subject.country,
        "subject": certificate.subject.text,
        "issuer": certificate.issuer.text,
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "state": "trusted" if backed else "untrusted",
    }


def signer_as_text(store: TrustStore, signer: SealSigner, language: Language) -> str:
    """The same in a line."""
    fields = signer_as_answer(store, signer)
    fields |= {"start": signer.fingerprint[:16], "day": fields["not_after"][:10]}
    name = "listed_signer" if fields["state"] == "trusted" else "untrusted_signer"
    return shown(in_language(SAID[name], language).format_map(fields))


def _number(found: RevocationList) -> str:
    return "–" if found.number is None else str(found.number)


def is_whole(outcomes: Iterable[Imported]) -> bool:
    """Whether everything was taken, and every entry of a download could be read."""
    return all(one.accepted and not (one.kind == "download" and one.unread) for one in outcomes)


def as_lines(
    outcomes: Sequence[Imported], language: Language, *, as_json: bool, taken: bool = True
) -> Iterator[str]:
    """What became of each file: a JSON object a line, or sentences.

    ``taken`` False: it was looked at only, and nobody is told yet what it is trusted as.
    """
    for outcome in outcomes:
        if as_json:
            yield msgspec.json.encode(_answer(outcome, language)).decode()
        else:
            yield from map(shown, _sentences(outcome, language, taken))


def _answer(outcome: Imported, language: Language) -> dict[str, Any]:
    fields = msgspec.structs.asdict(outcome)
    for name in ("signed_at", "until"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    for name in ("findings", "unread"):
        fields[name] = findings_as_answers(fields[name], language)
    return fields


def _sentences(outcome: Imported, language: Language, taken: bool) -> Iterable[str]:
    fields = msgspec.structs.asdict(outcome)
    fields["signed_at"] = f"{outcome.signed_at:%Y-%m-%d}" if outcome.signed_at else "–"
    fields["until"] = f"{outcome.until:%Y-%m-%d}" if outcome.until else "–"
    fields["number"] = outcome.number or "–"
    unread = outcome.kind == "list" and not outcome.root
    yield in_language(SAID["list_unread" if unread else outcome.kind], language).format_map(fields)
    if taken and outcome.kind == "list" and outcome.accepted:
        key = "root_known" if outcome.root_known else "root_new"
        yield "  " + in_language(SAID[key], language).format_map(fields)
    if taken and outcome.kind in ("certificate", "signer") and outcome.accepted:
        yield "  " + in_language(SAID[outcome.state], language)
    if not outcome.accepted:
        yield "  " + in_language(SAID["refused"], language)
    for finding in (*outcome.findings, *outcome.unread):
        said, place = word_chip_finding(finding, language), finding.params.get("place", "")
        yield about(finding.field, said, "", language, place)
    if outcome.untold:
        yield "  " + in_language(SAID["untold"], language).format_map(fields)
