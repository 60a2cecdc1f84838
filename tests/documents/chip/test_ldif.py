"""LDIF as RFC 2849 has it, and as somebody would have it who means harm."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents.chip import Unreadable
from openmidas.documents.chip import ldif as reading
from openmidas.documents.chip.ldif import (
    MOST_ENTRY_BYTES,
    MOST_LINES,
    BrokenEntry,
    LdifEntry,
    looks_like_ldif,
    read_ldif,
)
from tests.documents.chip.made_ldif import entry, folded


def read(text: str | bytes) -> list[LdifEntry | BrokenEntry]:
    return list(read_ldif(text.encode() if isinstance(text, str) else text))


def broken(text: str | bytes) -> list[tuple[int, str]]:
    return [(one.number, one.code) for one in read(text) if isinstance(one, BrokenEntry)]


def test_an_example_of_the_rfc() -> None:
    """RFC 2849, examples 1, 2 and 3: folded lines, base64, options, comments, an encoded name."""
    text = (
        "version: 1\ndn: cn=Barbara Jensen, ou=Product Development, dc=airius, dc=com\n"
        "# a comment\n that goes on\nobjectclass: top\nobjectclass: person\n"
        "description:Babs is a big sailing fan, and travels extensively in sea\n"
        " rch of perfect sailing conditions.\ntitle;lang-en:Product Manager\n\n\n\n"
        "dn:: b3U95Za25qWt6YOoLG89QWlyaXVz\nchangetype: add\nou:: 5Za25qWt6YOo\n"
    )
    first, second = read(text)
    assert isinstance(first, LdifEntry)
    assert first.dn == "cn=Barbara Jensen, ou=Product Development, dc=airius, dc=com"
    assert first.values["objectclass"] == (b"top", b"person")
    assert first.first("description").endswith(b"in search of perfect sailing conditions.")
    assert first.first("title") == b"Product Manager"
    assert isinstance(second, LdifEntry)
    assert (second.number, second.dn) == (2, "ou=営業部,o=Airius")
    assert second.first("ou").decode() == "営業部"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_was_folded_is_whole_again(end: str) -> None:
    value = bytes(range(256)) * 40
    text = entry("c=UT", ("userCertificate;binary", value)).replace("\n", end)
    (one,) = read(text)
    assert isinstance(one, LdifEntry)
    assert one.values["usercertificate"] == (value,)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("cn: no name\n", "ldif_no_name"),
        (" folded from nothing\n", "ldif_line"),
        ("dn: c=UT\nno colon\n", "ldif_line"),
        ("dn: c=UT\nsp ace: x\n", "ldif_line"),
        ("dn: c=UT\na:: not base64!\n", "ldif_base64"),
        ("dn: c=UT\na:: QUJ\n", "ldif_base64"),
        ("dn: c=UT\na:< file:///etc/passwd\n", "ldif_elsewhere"),
        ("dn: c=UT\na:< https://example.org/x\n", "ldif_elsewhere"),
        ("dn: c=UT\nchangetype: delete\n", "ldif_change"),
        ("dn: c=UT\n" + "a: 1\n" * (MOST_LINES + 1), "too_many_parts"),
        ("dn: c=UT\na: 1\n" + (" " + "y" * 999 + "\n") * 7_000, "too_large"),
        ("dn: c=UT\na:: " + "A" * MOST_ENTRY_BYTES + "\n", "too_large"),
        ("dn: c=UT\na:: " + "A" * MOST_ENTRY_BYTES + "\n b: x\nc: y\n", "too_large"),
    ],
)
def test_a_broken_entry_is_told_by_its_number_and_costs_no_other(lines: str, code: str) -> None:
    text = f"dn: c=AA\na: 1\n\n{lines}\ndn: c=BB\na: 1\n"
    assert broken(text) == [(2, code)]
    assert [one.number for one in read(text)] == [1, 2, 3]


def test_more_entries_than_there_are_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ENTRIES", 2)
    with pytest.raises(Unreadable, match="too_many_parts"):
        read("dn: c=UT\n\n" * 3)


def test_what_an_ldif_looks_like() -> None:
    for start in (
        b"version: 1\n",
        b"dn: c=UT\n",
        b"dn:: Yw==\n",
        b"# from ICAO\n on\n\r\ndn: c=UT",
    ):
        assert looks_like_ldif(start)
        assert looks_like_ldif(b"\xef\xbb\xbf" + start)
    for other in (
        b"",
        b"\x30\x82",
        b"-----BEGIN CERTIFICATE-----",
        b"#" * 200_000,
        b"\n" * 200_000,
    ):
        assert not looks_like_ldif(other)


@given(
    st.lists(st.sampled_from([b"dn: c=UT\n", b"\n", b" ", b"a:: QQ==\n", b":", b"#", b"\xff\r\n"]))
)
def test_any_bytes_end_in_entries_or_in_a_reason(parts: list[bytes]) -> None:
    for one in read(b"".join(parts)):
        assert one.number > 0


def test_folding_is_as_the_rfc_says() -> None:
    line = "a:: " + base64.b64encode(bytes(300)).decode()
    assert max(map(len, folded(line).split("\n"))) == 76
