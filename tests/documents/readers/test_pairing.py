"""One workstation's reader belongs to one post; the code is shown once and kept as a hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.documents.readers.pairing import NotAnOrigin, clean_origin, load, pair, save


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Kouremale.example/", "https://kouremale.example"),
        ("https://192.168.10.1:443", "https://192.168.10.1"),
        ("https://post.example:8443/", "https://post.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://[fd00::1]:8443", "https://[fd00::1]:8443"),
    ],
)
def test_an_address_becomes_what_browsers_send(address: str, origin: str) -> None:
    assert clean_origin(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        *("", "*", "null", "post.example", "http://post.example", "https://", "https://a:b"),
        *("https://post.example/counter/", "https://u@post.example", "https://post.example?x"),
        *("file:///etc", "https://[::1", "https://pöst.example", "http://127.0.0.1.example"),
    ],
)
def test_what_is_no_origin_is_refused(address: str) -> None:
    with pytest.raises(NotAnOrigin):
        clean_origin(address)


def test_a_code_fits_as_people_type_it_and_no_other_does() -> None:
    pairing, code = pair("https://post.example")
    other = pair("https://post.example")[1]

    assert pairing.fits(code)
    assert pairing.fits(f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')}")
    assert not pairing.fits(other)
    assert not pairing.fits("")
    assert not pairing.fits("é\ud800")


def test_the_pairing_is_kept_for_this_account_alone_and_without_the_code(tmp_path: Path) -> None:
    path = tmp_path / "openmidas" / "reader.json"
    pairing, code = pair("https://post.example")
    save(pair("https://before.example")[0], path)
    save(pairing, path)

    assert load(path) == pairing
    assert path.stat().st_mode & 0o077 == 0
    assert code not in path.read_text()
    assert code.replace("-", "") not in path.read_text()
    assert [one.name for one in path.parent.iterdir()] == ["reader.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[]", b'{"origin":1,"code":2}'])
def test_a_broken_file_is_no_pairing(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "reader.json"
    assert load(path) is None
    path.write_bytes(content)
    assert load(path) is None
