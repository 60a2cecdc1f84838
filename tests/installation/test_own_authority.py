"""A post's own authority: made once, bounded to the post, and its certificate made anew in time."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from openmidas.installation import certificates
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import bounds_of, names_in
from openmidas.installation.own_authority import (
    RENEW_BEFORE,
    lacks_https,
    make_own,
    own_of,
    renew_own,
)
from openmidas.installation.workstations import steps_of
from openmidas.nodes.home import OWN_AUTHORITY, NodeHome
from tests.conftest import POST_HOME
from tests.installation.certified import certify

NAME = "kouremale.midas.mli.internal"
NOW = datetime.now(UTC)
LOCAL = ("127.0.0.1", "localhost", "[::1]")


def post(folder: Path, *hosts: str) -> NodeHome:
    """A post that answers to these beside its own."""
    home = NodeHome(folder / "node")
    home.write_config(msgspec.structs.replace(POST_HOME.config(), hosts=(*LOCAL, *hosts)))
    return home


def authority(home: NodeHome) -> bytes:
    return home.path("keys", "ca.crt").read_bytes()


def test_it_signs_for_the_post_and_its_network_alone(tmp_path: Path) -> None:
    home = post(tmp_path, NAME, "192.168.10.1", "kouremale")
    assert lacks_https(home, NOW)
    make_own(home, 443, NOW)
    own, current = own_of(home), certificates.in_use(home)
    assert own
    assert current
    assert names_in(current.extensions).all() == (NAME, "192.168.10.1")
    bounds = bounds_of(own.certificate)
    assert (bounds.suffix, bounds.networks) == (NAME, ("192.168.10.0/24",))
    for other in ("siege.midas.mli.internal", "192.168.11.1", "bank.example"):
        assert not bounds.covers(other)
    config = home.config()
    assert config.web == "0.0.0.0:443"
    ssl.create_default_context().load_verify_locations(cadata=authority(home).decode())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(config.tls_certificate, config.tls_key)
    for key in home.path("keys").rglob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    steps = steps_of(home)
    assert steps
    assert (steps.own, steps.address) == (True, f"https://{NAME}/")
    assert steps.mark == certificates.fingerprint(own.certificate)
    assert not lacks_https(home, NOW)


def test_an_address_alone_is_enough_and_none_makes_none(tmp_path: Path) -> None:
    assert not lacks_https(post(tmp_path / "none", "kouremale"), NOW)
    with pytest.raises(InstallationError, match=r"ca\.no_names"):
        make_own(post(tmp_path / "none", "kouremale"), 443, NOW)
    home = post(tmp_path, "10.1.2.3")
    make_own(home, 8443, NOW)
    steps = steps_of(home)
    assert steps
    assert steps.address == "https://10.1.2.3:8443/"


def test_the_certificate_is_made_anew_in_time_and_workstations_need_nothing(tmp_path: Path) -> None:
    home = post(tmp_path, NAME)
    make_own(home, 443, NOW)
    trusted, first = authority(home), certificates.in_use(home)
    assert first
    assert not renew_own(home, NOW + timedelta(days=600))
    later = NOW + timedelta(days=700)
    assert renew_own(home, later)
    second = certificates.in_use(home)
    assert second
    assert second.not_valid_after_utc > first.not_valid_after_utc
    assert authority(home) == trusted
    assert home.config().web == "0.0.0.0:443"
    assert not renew_own(home, later)
    kept = {path.name for path in home.path("keys").glob("web-*")}
    assert len(kept) == 2, "the key that was replaced is gone"


def test_a_certificate_that_ends_or_has_ended_is_lacking(tmp_path: Path) -> None:
    home = post(tmp_path, NAME)
    make_own(home, 443, NOW)
    current = certificates.in_use(home)
    assert current
    ends = current.not_valid_after_utc
    assert not lacks_https(home, ends - RENEW_BEFORE)
    for late in (ends - RENEW_BEFORE + timedelta(seconds=1), ends + timedelta(days=1)):
        assert lacks_https(home, late)
    make_own(home, 443, late)
    assert not lacks_https(home, late)


def test_an_authority_that_ends_is_made_anew_by_installing_again_and_by_nothing_else(
    tmp_path: Path,
) -> None:
    home = post(tmp_path, NAME)
    make_own(home, 443, NOW)
    trusted = authority(home)
    late = NOW + timedelta(days=3600)
    assert renew_own(home, late)
    assert not renew_own(home, late), "it ends with its authority: nothing is won any more"
    assert lacks_https(home, late)
    make_own(home, 443, late)
    assert authority(home) != trusted
    assert not lacks_https(home, late)


def test_another_address_in_its_network_is_added_and_the_authority_stays(tmp_path: Path) -> None:
    home = post(tmp_path, NAME, "192.168.10.1")
    make_own(home, 443, NOW)
    trusted = authority(home)
    for host, stays in (("192.168.10.7", True), ("10.0.0.5", False)):
        config = home.config()
        home.write_config(msgspec.structs.replace(config, hosts=(*config.hosts, host)))
        assert lacks_https(home, NOW)
        make_own(home, 443, NOW)
        current = certificates.in_use(home)
        assert current
        assert host in names_in(current.extensions).all()
        assert (authority(home) == trusted) is stays
        assert not lacks_https(home, NOW)


def test_a_certificate_of_the_states_authority_stays_in_use(tmp_path: Path) -> None:
    home = post(tmp_path, NAME)
    make_own(home, 443, NOW)
    state = certify(home)
    soon = NOW + timedelta(days=700)
    assert not lacks_https(home, soon)
    assert not renew_own(home, soon)
    assert authority(home) == state.certificate.public_bytes(Encoding.PEM)
    steps = steps_of(home)
    assert steps
    assert not steps.own


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    home = post(tmp_path, NAME)
    make_own(home, 443, NOW)
    home.path("keys", OWN_AUTHORITY, "ca.key").write_bytes(b"half of it")
    with pytest.raises(InstallationError, match=r"file\.unreadable"):
        renew_own(home, NOW)
