"""What became of files and certificates that were brought, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from openmidas.documents.chip import Entry, Imported, TrustStore
from openmidas.documents.chip.revocations import RevocationList, read_revocations
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
    return in_language(SAID["stale" if stale else "good"], language).format_map(fields)


def _number(found: RevocationList) -> str:
    return "–" if found.number is None else str(found.number)


def as_lines(outcomes: Sequence[Imported], language: Language, *, as_json: bool) -> Iterator[str]:
    """What became of each file: a JSON object a line, or sentences."""
    for outcome in outcomes:
        if as_json:
            yield msgspec.json.encode(_answer(outcome, language)).decode()
        else:
            yield from _sentences(outcome, language)


def _answer(outcome: Imported, language: Language) -> dict[str, Any]:
    fields = msgspec.structs.asdict(outcome)
    for name in ("signed_at", "until"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    for name in ("findings", "unread"):
        fields[name] = findings_as_answers(fields[name], language)
    return fields


def _sentences(outcome: Imported, language: Language) -> Iterable[str]:
    fields = msgspec.structs.asdict(outcome)
    fields["signed_at"] = f"{outcome.signed_at:%Y-%m-%d}" if outcome.signed_at else "–"
    fields["until"] = f"{outcome.until:%Y-%m-%d}" if outcome.until else "–"
    fields["number"] = outcome.number or "–"
    unread = outcome.kind == "list" and not outcome.root
    yield in_language(SAID["list_unread" if unread else outcome.kind], language).format_map(fields)
    if outcome.kind == "list" and outcome.accepted:
        key = "root_known" if outcome.root_known else "root_new"
        yield "  " + in_language(SAID[key], language).format_map(fields)
    if outcome.kind in ("certificate", "signer") and outcome.accepted:
        yield "  " + in_language(SAID[outcome.state], language)
    if not outcome.accepted:
        yield "  " + in_language(SAID["refused"], language)
    for finding in (*outcome.findings, *outcome.unread):
        yield shown(about(finding.field, word_chip_finding(finding, language), "", language))
