"""Downloads of ICAO's directory, as they come: folded base64, one entry after another."""

from __future__ import annotations

import base64

_WIDTH = 76


def folded(line: str) -> str:
    """A line as LDIF folds it."""
    rest = [line[at : at + _WIDTH - 1] for at in range(_WIDTH, len(line), _WIDTH - 1)]
    return "\n ".join((line[:_WIDTH], *rest))


def entry(name: str, *values: tuple[str, bytes], also: str = "") -> str:
    """One entry: values in base64, by attribute; ``also``: more lines."""
    lines = [f"dn: {name}", "pkdVersion: 70", "objectClass: top", "objectClass: pkdDownload"]
    lines += also.splitlines()
    for attribute, value in values:
        lines.append(folded(f"{attribute}:: {base64.b64encode(value).decode()}"))
    return "\n".join(lines) + "\n"


def list_entry(data: bytes, country: str = "DE", also: str = "") -> str:
    """A master list, as the PKD has it."""
    name = f"cn=CSCA\\,C\\={country},o=ml,c={country},dc=data,dc=download,dc=pkd,dc=icao,dc=int"
    return entry(name, ("pkdMasterListContent", data), also=also)


def revocations_entry(data: bytes, country: str = "UT") -> str:
    """A list of revoked certificates."""
    name = f"cn=1,o=crl,c={country},dc=data,dc=download,dc=pkd,dc=icao,dc=int"
    return entry(name, ("certificateRevocationList;binary", data))


def signer_entry(data: bytes, country: str = "UT") -> str:
    """The certificate of a signer."""
    name = f"cn=2,o=dsc,c={country},dc=data,dc=download,dc=pkd,dc=icao,dc=int"
    return entry(name, ("userCertificate;binary", data))


def download(*entries: str) -> bytes:
    """A file of these."""
    return ("version: 1\n\n" + "\n".join(entries)).encode()
