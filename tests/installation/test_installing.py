"""`midas install` in a folder that stands for a machine: what it writes, and that repeating is harmless."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.cli import main
from openmidas.installation import certificates, releasing, units
from openmidas.installation.errors import InstallationError
from openmidas.installation.installing import Answers, plan
from openmidas.installation.places import Account, Installed, Places
from openmidas.installation.units import SERVICES
from openmidas.installation.wording import ACTIONS
from openmidas.nodes.home import NodeHome

POST = Installed(kind="post")
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-sysusers") is None, reason="no systemd on this machine"
)


def answers(installed: Installed = POST, **more: object) -> Answers:
    said = {"state": "MLI", "name": "Kourémalé", "time_zone": "Africa/Bamako", **more}
    return Answers(installed=installed, **said)  # type: ignore[arg-type]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for ``/``. Its account is root: others may not enter the folders of tests."""
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    passwd = tmp_path / "machine" / "etc" / "passwd"
    passwd.parent.mkdir(parents=True)
    passwd.write_text("root:x:0:0::/root:/bin/sh\nmidas:x:0:0::/:/usr/sbin/nologin\n")
    return tmp_path / "machine"


def contents(folder: Path) -> dict[str, bytes | str]:
    """All files below a folder but the database, which every opening changes."""
    return {
        str(path): os.readlink(path) if path.is_symlink() else path.read_bytes()  # noqa: PTH115
        for path in folder.rglob("*")
        if (path.is_symlink() or path.is_file()) and not path.name.startswith("node.db")
    }


@needs_systemd
def test_a_post_is_installed_once_and_repeating_changes_nothing(
    machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "release-key.pem"
    key.write_bytes(releasing.public_pem(Ed25519PrivateKey.generate()))
    line = ["install", "post", "--root", str(machine), "--name", "Kourémalé", "--state", "MLI"]
    line += ["--time-zone", "Africa/Bamako", "--address", "192.168.10.1"]
    assert main([*line, "--release-key", str(key)]) == 0, capsys.readouterr().err
    home = NodeHome(machine / "var/lib/openmidas")
    config = home.config()
    assert (config.name, config.kind, config.exchange) == ("Kourémalé", "post", "")
    told = capsys.readouterr().out
    trusted = certificates.authority_of(home)
    assert trusted
    assert config.web == "0.0.0.0:443"
    assert config.tls_certificate, "no page in clear on the network"
    for said in (
        "https://192.168.10.1/workstation/",
        "/var/lib/openmidas/keys/ca.crt",
        certificates.fingerprint(trusted),
    ):
        assert said in told
    assert "192.168.10.1" in config.hosts
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert home.path("node.db").stat().st_size > 0
    enabled = {path.name for path in (machine / "etc/systemd/system").glob("*.wants/*")}
    assert enabled == {"midas.target", "midas-recover.service", *SERVICES}
    assert os.access(machine / "usr/local/bin/midas", os.X_OK)
    (pinned,) = (machine / "etc/openmidas/release-keys").glob("*.pem")
    assert pinned.read_bytes() == key.read_bytes()
    before = contents(machine)
    capsys.readouterr()
    assert main(["install", "post", "--root", str(machine)]) == 0
    assert "Nothing had to be changed" in capsys.readouterr().out
    assert contents(machine) == before
    unit = machine / "etc/systemd/system/midas-serve.service"
    unit.write_text("changed by hand")
    assert main(["install", "units", "--root", str(machine)]) == 0
    assert contents(machine) == before
    assert main(["install", "hq", "--root", str(machine)]) == 1
    assert "something else: post" in capsys.readouterr().err


@needs_systemd
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--address", "192.168.10.1", "--no-https"], "midas ca request"),
        ([], "without HTTPS"),
    ],
)
def test_no_authority_is_made_where_the_network_has_its_own_or_no_address_is_known(
    machine: Path, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    line = ["install", "post", "--root", str(machine)]
    asked = ["--name", "Kourémalé", "--state", "MLI", "--time-zone", "Africa/Bamako"]
    assert main([*line, *asked, *more]) == 0, capsys.readouterr().err
    assert told in capsys.readouterr().out
    home = NodeHome(machine / "var/lib/openmidas")
    assert home.config().web == "127.0.0.1:8000", "no page in clear on the network"
    assert not home.path("keys", "own-ca").exists()
    assert main(line) == 0  # what was said is remembered
    assert told in capsys.readouterr().out


@needs_systemd
def test_a_dry_run_says_all_and_does_nothing(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(machine)
    line = ["install", "post", "--root", str(machine), "--name", "x", "--state", "MLI"]
    assert main([*line, "--time-zone", "UTC", "--dry-run"]) == 0
    told = capsys.readouterr().out
    for what in (
        "closed to others",
        "make the node “x”",
        "midas-exchange.service",
        "with the machine",
    ):
        assert what in told
    assert contents(machine) == before


@needs_systemd
def test_who_does_not_say_all_is_asked_for_it_by_name(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["install", "hq", "--root", str(machine), "--name", "Bamako"]) == 1
    said = capsys.readouterr().err
    for option in ("--state", "--time-zone", "--database", "--exchange"):
        assert option in said
    assert not (machine / "var/lib/openmidas").exists()


@needs_systemd
def test_the_account_is_made(tmp_path: Path) -> None:
    places = Places(tmp_path)
    for action in plan(places, answers()):
        if action.code == "folder":
            break
        if action.needed():
            action.do()
    made = [line for line in (tmp_path / "etc/passwd").read_text().splitlines() if "midas" in line]
    assert len(made) == 1
    assert made[0].endswith("/nologin")
    if os.geteuid() == 0:
        assert Account.of(places).uid not in (None, 0)


def test_every_action_has_words() -> None:
    told = {action.code for action in plan(Places(Path("/nowhere")), answers())}
    assert told | {"release_key"} == set(ACTIONS)


@pytest.mark.parametrize("folder", ["/home/x", "/tmp/x", "relative", "/srv/../home", "/srv/a b"])  # noqa: S108
def test_a_folder_that_services_cannot_use_is_refused(folder: str, tmp_path: Path) -> None:
    with pytest.raises(InstallationError, match="folder"):
        list(plan(Places(tmp_path), answers(Installed(kind="post", home=folder))))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("kind", ["post", "hq"])
def test_systemd_takes_the_units_and_finds_them_closed(kind: str, tmp_path: Path) -> None:
    written = units.units(Installed(kind=kind))
    program = tmp_path / "midas"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in written.items():
        (tmp_path / name).write_text(text.replace(f"{units.CURRENT}/midas", str(program)))
    files = [str(tmp_path / name) for name in written]
    line = ["systemd-analyze", "verify", "--man=no", *files]
    said = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (said.returncode, [one for one in said.stderr.splitlines() if "midas" in one]) == (0, [])
    for service in SERVICES:
        # From 0 (closed) to 10 (open); 2.0 is what systemd itself calls OK.
        line = ["systemd-analyze", "security", "--offline=true", "--threshold=20"]
        checked = subprocess.run([*line, str(tmp_path / service)], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stdout.decode()


def test_units_wait_for_no_network_and_come_back_by_themselves() -> None:
    """A post without a link must start; what dies must not stay dead."""
    for kind in ("post", "hq"):
        written = units.units(Installed(kind=kind))
        assert not any("network-online" in text for text in written.values())
        for service in SERVICES:
            assert "Restart=always\nRestartSec=1\n" in written[service]
            assert "StartLimitIntervalSec=0" in written[service]
    assert "postgresql.service" in written[SERVICES[0]]


def test_the_public_pages_are_started_only_where_they_have_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = units.units(POST)
    asks = [name for name, text in written.items() if "ExecCondition=" in text]
    assert asks == ["midas-public.service"]
    assert "/midas public --only-ask\n" in written["midas-public.service"]
    # Strangers talk to it: it opens no low port, whatever the officers' pages need.
    assert "CapabilityBoundingSet=\n" in written["midas-public.service"]
    assert "midas-public.service" in written[units.TARGET]
    monkeypatch.setenv("OPENMIDAS_HOME", str(tmp_path / "node"))
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    made = ["init", "post", "--name", "Kourémalé", "--state", "MLI", "--time-zone", "UTC"]
    for line, code in (([*made], 0), (["public", "--only-ask"], 1)):
        done = subprocess.run(
            [sys.executable, "-m", "openmidas.cli", *line], capture_output=True, check=False
        )
        assert done.returncode == code, done.stderr.decode()
    home = NodeHome(tmp_path / "node")
    home.write_config(msgspec.structs.replace(home.config(), public="0.0.0.0:8001"))
    line = [sys.executable, "-m", "openmidas.cli", "public", "--only-ask"]
    assert subprocess.run(line, capture_output=True, check=False).returncode == 0


def test_the_key_of_an_open_post_outlives_a_service_in_memory() -> None:
    for service in SERVICES:
        unit = units.units(POST)[service]
        assert "RuntimeDirectory=openmidas\nRuntimeDirectoryMode=0700\n" in unit
        assert "RuntimeDirectoryPreserve=yes\n" in unit, "stopping a service shuts no post"


def test_only_the_pages_may_open_a_low_port_and_only_if_they_need_it() -> None:
    low = units.units(POST)
    assert "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n" in low["midas-serve.service"]
    assert "CapabilityBoundingSet=\n" in low["midas-exchange.service"]
    high = units.units(Installed(kind="post", port=8443))
    assert "CapabilityBoundingSet=\n" in high["midas-serve.service"]
