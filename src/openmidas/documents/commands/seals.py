"""``midas read seal`` and ``midas documents seal write``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from openmidas.documents.chip import Certificate, TrustStore, Unreadable, load
from openmidas.documents.commands.chip_words import word_chip_finding
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown, why_not
from openmidas.documents.commands.seal_answers import (
    SealAnswer,
    as_seal_answer,
    as_seal_text,
    no_seal,
)
from openmidas.documents.commands.seal_words import SEAL_COMMAND, word_cannot_seal
from openmidas.documents.commands.seal_zones import wrong_zones
from openmidas.documents.commands.statuses import FAILED, of_outcome, worst
from openmidas.documents.commands.trust import store_path
from openmidas.documents.commands.words import COMMAND
from openmidas.documents.receipts import verify
from openmidas.documents.seals import (
    STAMP,
    CannotSeal,
    NotASeal,
    Trust,
    draw,
    header_for,
    is_picture,
    load_certificates,
    message_of,
    profile_named,
    read_codes,
    read_codes_confined,
    stamp_fields,
    write_vds,
    write_vdsnc,
)
from openmidas.documents.seals.certificates import is_of
from openmidas.documents.seals.codes import MOST_GIVEN
from openmidas.documents.seals.problems import finding

_ENCODER = msgspec.json.Encoder()
_VDSNC = "vds-nc"


class _Failed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A sentence for whoever started the command."""


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """What a seal is to say, as it is given in JSON.

    ``kind``: the name of a profile, such as "visa", with its ``fields``; or "vds-nc", with ``type`` and
    ``message``. ``signed``: without it, today. An "entry_stamp" may be given as the ``receipt`` that it is
    to say the same as, and the ``state_key`` (hexadecimal) by which that is checked first.
    """

    kind: str
    issuer: str = ""
    issued: date | None = None
    signed: date | None = None
    fields: dict[str, str] = {}
    type: str = ""
    message: dict[str, Any] = {}
    receipt: str = ""
    state_key: str = ""


def read(options: argparse.Namespace) -> int:
    """Answer about each seal in each file; the exit status."""
    try:
        trust = _trust(options)
    except _Failed as failed:
        return _tell(failed)
    today = options.today or _today()
    statuses = []
    for file in options.file:
        try:
            data = _bytes_of(file, options.lang)
        except _Failed as failed:
            statuses.append(_tell(failed))
            continue
        for answer in answers(data, trust, today, options.lang, file=file):
            if options.json:
                sys.stdout.buffer.write(_ENCODER.encode(answer) + b"\n")
            else:
                sys.stdout.write(as_seal_text(answer, options.lang) + "\n")
            sys.stdout.flush()
            statuses.append(_status(answer))
    return worst(statuses)


def _status(answer: SealAnswer) -> int:
    """Of one seal. No list of revoked certificates names posts, so of a receipt none is missing."""
    if answer.format is None:
        return FAILED
    known = answer.format == "receipt" or answer.checks["revocation"] == "valid"
    return of_outcome(answer.outcome, revocation_known=known)


def answers(
    data: bytes, trust: Trust, today: date, language: Language, *, file: str
) -> Iterator[SealAnswer]:
    """The seals in a file: a picture with codes, or the bytes of one; whatever its bytes are."""
    try:
        codes = (
            [(code.kind, code.data) for code in read_codes(data)]
            if is_picture(data)
            else [("", data)]
        )
        if not codes:
            yield no_seal(finding("no_code", "code"), language, file=file, code="")
            return
        readings = read_codes_confined([data for _, data in codes], trust, today=today)
    except NotASeal as problem:
        yield no_seal(problem.finding, language, file=file, code="")
        return
    for (code, _), read in zip(codes, readings, strict=True):
        if read.seal is not None:
            yield as_seal_answer(read.seal, language, file=file, code=code)
        elif read.problem is not None:
            yield no_seal(read.problem, language, file=file, code=code)


def write(options: argparse.Namespace) -> int:
    """Write one seal; the exit status."""
    language = options.lang
    try:
        wanted = _wanted(options.file, language)
        certificate = _certificates(options.certificate, language)[0]
        data = _sealed(wanted, certificate, _key(options.key, language), language)
        picture = options.out.lower().endswith(".png")
        written = draw(data, options.code) if picture else data
        Path(options.out).write_bytes(written)
    except CannotSeal as problem:
        return _tell(word_cannot_seal(problem, language))
    except _Failed as failed:
        return _tell(failed)
    except OSError as error:
        said = in_language(SEAL_COMMAND["not_writable"], language)
        return _tell(said.format(path=shown(options.out), reason=why_not(error, language)))
    sys.stdout.write(
        in_language(SEAL_COMMAND["written"], language).format(path=shown(options.out)) + "\n"
    )
    return 0


def _sealed(
    wanted: Wanted, certificate: Certificate, key: ec.EllipticCurvePrivateKey, language: Language
) -> bytes:
    if not is_of(certificate, key):
        raise CannotSeal("certificate", "not_of_this_key")
    if wanted.kind == _VDSNC:
        text = write_vdsnc(
            kind=wanted.type,
            issuer=wanted.issuer,
            message=wanted.message,
            key=key,
            certificate=certificate,
        )
        return text.encode()
    if wanted.receipt:
        wanted = _of_receipt(wanted)
    profile = profile_named(wanted.kind)
    if profile is None:
        raise CannotSeal("kind", "unknown")
    signed = wanted.signed or _today()
    header = header_for(
        profile,
        certificate,
        issuer=wanted.issuer,
        issued=wanted.issued or signed,
        signed=signed,
    )
    message = message_of(profile, wanted.fields)
    problems = "\n".join(wrong_zones(profile, wanted.fields, signed, language))
    if problems:
        raise _Failed(in_language(SEAL_COMMAND["zone_wrong"], language).format(problems=problems))
    return write_vds(header, message, key)


def _of_receipt(wanted: Wanted) -> Wanted:
    """The same, with what a receipt says that is genuine. Raises `CannotSeal`."""
    if wanted.kind != STAMP.name or wanted.fields:
        raise CannotSeal("receipt", "not_of_this_kind")
    try:
        key = bytes.fromhex(wanted.state_key)
    except ValueError as error:
        raise CannotSeal("state_key", "value") from error
    verdict = verify(wanted.receipt, [key])
    if verdict.certificate is None or verdict.receipt is None:
        raise CannotSeal("receipt", str(verdict.outcome))
    return msgspec.structs.replace(
        wanted,
        issuer=verdict.certificate.state,
        issued=verdict.receipt.at.date(),
        fields=stamp_fields(verdict.receipt, post=verdict.certificate.name),
    )


def _wanted(file: str, language: Language) -> Wanted:
    try:
        return msgspec.json.decode(_bytes_of(file, language), type=Wanted)
    except msgspec.DecodeError as error:
        said = in_language(SEAL_COMMAND["not_understood"], language)
        raise _Failed(said.format(path=shown(file), reason=shown(str(error)))) from error


def _key(file: str, language: Language) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(_bytes_of(file, language), password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise _Failed(in_language(SEAL_COMMAND["no_key"], language).format(path=shown(file)))
    return key


def _trust(options: argparse.Namespace) -> Trust:
    language = options.lang
    keys = []
    for told in options.state_key:
        try:
            keys.append(bytes.fromhex(told))
        except ValueError:
            keys.append(b"")
    if any(len(key) != 32 for key in keys):
        raise _Failed(in_language(SEAL_COMMAND["state_key"], language))
    signers, offered, authorities = (
        tuple(one for file in files for one in _certificates(file, language))
        for files in (options.signer, options.offered, options.authority)
    )
    return Trust(signers, offered, authorities, tuple(keys), _store(options))


def _store(options: argparse.Namespace) -> TrustStore:
    """The certificates that chips are checked with, too."""
    path = store_path(options.store)
    try:
        return load(path)
    except Unreadable as error:
        raise _Failed(word_chip_finding(error.finding("file", ""), options.lang)) from error
    except OSError as error:
        said = in_language(COMMAND["no_file"], options.lang)
        raise _Failed(
            said.format(path=shown(str(path)), reason=why_not(error, options.lang))
        ) from error


def _certificates(file: str, language: Language) -> list[Certificate]:
    try:
        return load_certificates(_bytes_of(file, language))
    except ValueError as error:
        said = in_language(SEAL_COMMAND["no_certificate"], language)
        raise _Failed(said.format(path=shown(file))) from error


def _bytes_of(file: str, language: Language) -> bytes:
    """The bytes of a file that is no larger than a picture may be."""
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST_GIVEN + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(MOST_GIVEN + 1)
    except OSError as error:
        said = in_language(COMMAND["no_file"], language)
        raise _Failed(said.format(path=shown(file), reason=why_not(error, language))) from error
    if len(data) > MOST_GIVEN:
        said = in_language(SEAL_COMMAND["too_large"], language)
        raise _Failed(said.format(path=shown(file), most=MOST_GIVEN // 1024**2))
    return data


def _today() -> date:
    return date.today()  # noqa: DTZ011  the day here, where no node is


def _tell(said: object) -> int:
    sys.stderr.write(f"midas: {said}\n")
    return FAILED
