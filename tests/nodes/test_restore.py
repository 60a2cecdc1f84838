"""A node comes back from its copy, in a folder and an epoch of its own."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

import msgspec
import pytest
from django.db import connection

from openmidas.installation.own_authority import lacks_https, make_own
from openmidas.nodes.backup import back_up
from openmidas.nodes.backup_opening import open_backup
from openmidas.nodes.backup_seal import (
    Preface,
    SealedWriter,
    new_file_key,
    recipient_of,
    wrap,
)
from openmidas.nodes.home import OWN_AUTHORITY, NodeHome, this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.restore import restore
from tests.conftest import POST
from tests.installation.certified import certify
from tests.nodes.conftest import SECRET, names, refused, secret

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the drill restores PostgreSQL")
def test_it_comes_back_in_a_folder_of_its_own_and_in_a_new_epoch(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[Path] = []
    monkeypatch.setattr("openmidas.nodes.restore.prepare_in_own_process", prepared.append)
    done = back_up(stick)
    with open_backup(done, secret) as opened:
        home = restore(opened, tmp_path / "back")
    before, now = this_node().config, home.config()
    assert (now.id, now.name, now.epoch) == (before.id, before.name, before.epoch + 1)
    assert home.path("keys", "epoch-2.pem").is_file()
    assert home.secret("database") == this_home().secret("database")
    assert home.secret("web") != this_home().secret("web"), "nobody's session goes on"
    assert prepared == [tmp_path / "back"]
    with open_backup(done, secret) as opened, refused("restore.folder_in_use"):
        restore(opened, tmp_path / "back")


@pytest.fixture
def own_https() -> Iterator[NodeHome]:
    """This post, with an authority of its own; without it afterwards."""
    home, before = this_home(), this_home().config()
    kept = set(home.path("keys").iterdir())
    hosts = (*before.hosts, "192.168.10.1")
    home.write_config(msgspec.structs.replace(before, hosts=hosts))
    make_own(home, 8443, datetime.now(UTC))
    yield home
    home.write_config(before)
    for path in set(home.path("keys").iterdir()) - kept:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the drill restores PostgreSQL")
def test_a_post_comes_back_without_the_authority_that_its_old_machine_has(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_https: NodeHome
) -> None:
    monkeypatch.setattr("openmidas.nodes.restore.prepare_in_own_process", lambda folder: None)
    done = back_up(stick)
    assert f"keys/{OWN_AUTHORITY}/ca.key" not in names(done)
    with open_backup(done, secret) as opened:
        home = restore(opened, tmp_path / "back")
    config, left = home.config(), {path.name for path in home.path("keys").iterdir()}
    assert (config.tls_certificate, config.tls_key, config.web) == ("", "", "127.0.0.1:8443")
    assert not left & {OWN_AUTHORITY, "ca.crt"}
    assert not any(name.endswith((".crt", ".key")) and "web-" in name for name in left)
    assert lacks_https(home, datetime.now(UTC)), "the next installation makes another"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the drill restores PostgreSQL")
def test_a_post_comes_back_with_the_certificate_of_the_states_authority(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_https: NodeHome
) -> None:
    monkeypatch.setattr("openmidas.nodes.restore.prepare_in_own_process", lambda folder: None)
    certify(own_https)
    with open_backup(back_up(stick), secret) as opened:
        home = restore(opened, tmp_path / "back")
    assert home.config().tls_certificate == own_https.config().tls_certificate
    assert home.path("keys", "ca.crt").is_file()
    assert not home.path("keys", OWN_AUTHORITY).exists()


def test_a_backup_cannot_bring_in_what_does_not_belong_into_a_node(tmp_path: Path) -> None:
    file_key = new_file_key()
    raw = BytesIO()
    said = Preface(
        node=POST, kind=this_node().kind, state="MLI", name="x", epoch=1, sequence=0, at=0,
        database="sqlite", program="", prefix=bytes(7), keys=(wrap(file_key, recipient_of(SECRET)),),
    )  # fmt: skip
    writer = SealedWriter(raw, said, file_key)
    with tarfile.open(mode="w|", fileobj=cast(BytesIO, writer)) as archive:
        member = tarfile.TarInfo("keys/../../escaped")
        member.size = 1
        archive.addfile(member, BytesIO(b"x"))
    writer.close()
    path = tmp_path / "bad.midasbackup"
    path.write_bytes(raw.getvalue())
    with open_backup(path, secret) as opened, refused("restore.unsafe"):
        restore(opened, tmp_path / "back")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.midasbackup"]
