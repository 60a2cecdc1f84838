"""The State's authority: it vouches for the State's nodes, and real TLS refuses it for anything else."""

from __future__ import annotations

import shutil
import socket
import ssl
import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from openmidas.cli import main
from openmidas.installation import authority, certificates
from openmidas.installation.authority import Authority
from openmidas.installation.errors import InstallationError
from openmidas.installation.names import Bounds, Names, bounds_of, names_in, read_names
from openmidas.nodes.home import NodeHome, this_home
from tests.conftest import POST_HOME

NOW = datetime.now(UTC).replace(microsecond=0)
SUFFIX = "midas.mli.internal"
INSIDE = "kouremale.midas.mli.internal"


@pytest.fixture(scope="module")
def ca() -> Authority:
    return authority.make_authority("MLI", Bounds(SUFFIX), NOW)


def signed_without_asking(ca: Authority, names: Names) -> tuple[bytes, bytes]:
    """What a thief of the key would sign: the program's own checks are not in the way."""
    key = generate_private_key(SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(ca.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(names.extension(), critical=True)
        .sign(ca.key, SHA256())
    )
    return made.public_bytes(Encoding.PEM), authority.unlocked_pem(key)


@contextmanager
def server(folder: Path, certificate: bytes, key: bytes) -> Iterator[int]:
    """A TLS server that shows this certificate; its port."""
    (folder / "s.crt").write_bytes(certificate)
    (folder / "s.key").write_bytes(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "s.crt", folder / "s.key")
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listening.accept()
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:  # the browser's side broke off, which the other thread asserts
            connection.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        thread.join()
        listening.close()


def shake_hands(ca: Authority, port: int, name: str) -> None:
    """As a workstation that trusts the authority, and asks for this name."""
    trusting = ssl.create_default_context(cadata=ca.certificate.public_bytes(Encoding.PEM).decode())
    with (
        socket.create_connection(("127.0.0.1", port)) as connection,
        trusting.wrap_socket(connection, server_hostname=name) as told,
    ):
        assert told.version() == "TLSv1.3"


@pytest.mark.parametrize("name", [INSIDE, SUFFIX, "192.168.10.1", "10.1.2.3", "fd00::7"])
def test_a_workstation_trusts_a_node(ca: Authority, name: str, tmp_path: Path) -> None:
    key = generate_private_key(SECP256R1())
    issued = ca.sign(read_names([name]), key.public_key(), NOW)
    pem = issued.public_bytes(Encoding.PEM), authority.unlocked_pem(key)
    with server(tmp_path, *pem) as port:
        shake_hands(ca, port, name)


@pytest.mark.parametrize(
    "name", ["www.bank.example", "midas.ner.internal", "notmidas.mli.internal", "8.8.8.8"]
)
def test_tls_refuses_what_a_thief_of_the_key_signs(
    ca: Authority, name: str, tmp_path: Path
) -> None:
    with pytest.raises(InstallationError, match="outside"):
        ca.sign(read_names([name]), generate_private_key(SECP256R1()).public_key(), NOW)
    with (
        server(tmp_path, *signed_without_asking(ca, read_names([name]))) as port,
        pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"),
    ):
        shake_hands(ca, port, name)


def test_the_same_theft_inside_the_bounds_would_be_trusted(ca: Authority, tmp_path: Path) -> None:
    """So the refusals above are those of the bounds, and not of a malformed certificate."""
    with server(tmp_path, *signed_without_asking(ca, read_names([INSIDE]))) as port:
        shake_hands(ca, port, INSIDE)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_openssl_finds_the_chain_in_order(ca: Authority, tmp_path: Path) -> None:
    key = generate_private_key(SECP256R1())
    issued = ca.sign(read_names([INSIDE, "10.0.0.1"]), key.public_key(), NOW)
    (tmp_path / "ca.crt").write_bytes(ca.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "post.crt").write_bytes(issued.public_bytes(Encoding.PEM))
    line = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.crt"]
    done = subprocess.run(
        [*line, "post.crt"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "post.crt: OK", done.stderr


def test_dates_and_kinds_are_those_that_browsers_take(ca: Authority) -> None:
    issued = ca.sign(read_names([INSIDE]), generate_private_key(SECP256R1()).public_key(), NOW)
    lasts = issued.not_valid_after_utc - issued.not_valid_before_utc
    assert timedelta(days=700) < lasts < timedelta(days=825)
    assert not issued.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert ca.certificate.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert bounds_of(ca.certificate) == Bounds(SUFFIX)


def test_no_certificate_outlives_its_authority(ca: Authority) -> None:
    public = generate_private_key(SECP256R1()).public_key()
    last_year = ca.certificate.not_valid_after_utc - timedelta(days=300)
    issued = ca.sign(read_names([INSIDE]), public, last_year)
    assert issued.not_valid_after_utc == ca.certificate.not_valid_after_utc
    with pytest.raises(InstallationError, match="over"):
        ca.sign(read_names([INSIDE]), public, ca.certificate.not_valid_after_utc)


def test_names_as_people_type_them() -> None:
    names = read_names([" Kouremale ", "[fd00::1]", "10.0.0.1", "10.0.0.1"], SUFFIX)
    assert names == Names((INSIDE,), (ip_address("fd00::1"), ip_address("10.0.0.1")))
    assert names.all() == (INSIDE, "[fd00::1]", "10.0.0.1")
    assert names_in(x509.Extensions([])) == Names(())
    for text in ("kouremale", "ko urémalé.midas", "*.midas.mli.internal", "a..b"):
        with pytest.raises(InstallationError, match=r"ca\.name"):
            read_names([text])
    with pytest.raises(InstallationError, match=r"ca\.no_names"):
        read_names([])


class TestCommands:
    """The way of a certificate: authority, request at the post, signature, use, renewal."""

    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home = NodeHome(tmp_path / "node")
        hosts = (*POST_HOME.config().hosts[:2], INSIDE, "192.168.10.1")
        home.write_config(msgspec.structs.replace(POST_HOME.config(), hosts=hosts))
        monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
        (tmp_path / "passphrase").write_text("une phrase secrète, longue\n", encoding="utf-8")

    def authority(self, tmp_path: Path, *words: str) -> list[str]:
        folder = ["--folder", str(tmp_path / "safe")]
        return ["ca", *words, *folder, "--passphrase-file", str(tmp_path / "passphrase")]

    def test_from_nothing_to_https_and_renewed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
    ) -> None:
        assert main(self.authority(tmp_path, "init", "--state", "mli")) == 0
        assert SUFFIX in capsys.readouterr().out
        key = tmp_path / "safe" / "ca.key"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert b"ENCRYPTED" in key.read_bytes()
        first = self.certified(tmp_path, capsys)
        config = this_home().config()
        assert config.web == "0.0.0.0:443"
        assert config.tls_certificate == certificate_path(first)
        assert Path(config.tls_key).is_file()
        assert {INSIDE, "192.168.10.1"} <= set(config.hosts)
        assert main(["ca", "show"]) == 0
        assert INSIDE in capsys.readouterr().out
        second = self.certified(tmp_path, capsys)
        assert names_in(second.extensions) == names_in(first.extensions)
        assert second.public_key() != first.public_key(), "a renewal brings a new key"
        assert this_home().config().tls_certificate == certificate_path(second)
        assert not Path(certificate_path(first)).exists()
        assert not Path(config.tls_key).exists()
        issued = (tmp_path / "safe" / "issued.csv").read_text().splitlines()
        assert [INSIDE in line for line in issued] == [True, True]

    def certified(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> x509.Certificate:
        """Ask, have it signed, take it into use."""
        capsys.readouterr()
        assert main(["ca", "request"]) == 0
        request, said = tmp_path / "post.csr", capsys.readouterr()
        request.write_text(said.out)
        mark = said.err.splitlines()[-1].partition(": ")[2]
        assert main(self.authority(tmp_path, "sign", str(request), "--yes")) == 0
        assert mark in capsys.readouterr().out, "both sides show the same mark"
        use = ["ca", "use", str(tmp_path / "post.crt"), "--ca", str(tmp_path / "safe" / "ca.crt")]
        assert main(use) == 0
        return authority.read_certificate(tmp_path / "post.crt")

    def test_an_authority_is_not_replaced_and_its_key_stays_off_nodes(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        line = self.authority(tmp_path, "init", "--state", "MLI")
        assert main(line) == 0
        before = (tmp_path / "safe" / "ca.key").read_bytes()
        assert main(line) == 1
        assert (tmp_path / "safe" / "ca.key").read_bytes() == before
        on_node = [*line, "--folder", str(this_home().path("ca"))]
        assert main(on_node) == 1
        assert "does not belong on a node" in capsys.readouterr().err

    def test_key_and_certificate_without_a_request(
        self, tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(self.authority(tmp_path, "init", "--state", "MLI"))
        made = tmp_path / "out" / "labbezanga.crt"
        assert (
            main(self.authority(tmp_path, "issue", "labbezanga", "10.0.0.9", "--out", str(made)))
            == 0
        )
        use = ["ca", "use", str(made), "--ca", str(tmp_path / "safe" / "ca.crt")]
        assert main(use) == 1, "the key is not that of a request"
        assert main([*use, "--key", str(made.with_suffix(".key")), "--web", "10.0.0.9:8443"]) == 0
        assert "https://labbezanga.midas.mli.internal:8443/" in capsys.readouterr().out
        assert this_home().config().web == "10.0.0.9:8443"

    @pytest.mark.parametrize("wrong", ["passphrase", "outside", "changed", "short", "abroad"])
    def test_what_is_wrong_is_said_and_nothing_is_signed_or_used(
        self, wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], db: None
    ) -> None:
        init = self.authority(tmp_path, "init", "--state", "MLI")
        if wrong == "short":
            (tmp_path / "passphrase").write_text("kort")
            assert main(init) == 1
            assert "at least 12" in capsys.readouterr().err
            assert not (tmp_path / "safe").exists()
            return
        assert main(init) == 0
        capsys.readouterr()
        names = ["www.bank.example"] if wrong == "outside" else []
        assert main(["ca", "request", *names]) == 0
        request = tmp_path / "post.csr"
        text = capsys.readouterr().out
        if wrong == "changed":
            lines = text.splitlines()
            lines[2] = lines[2][::-1]
            text = "\n".join(lines)
        request.write_text(text)
        if wrong == "passphrase":
            (tmp_path / "passphrase").write_text("a wrong one, but long")
        if wrong == "abroad":
            assert main(self.authority(tmp_path, "sign", str(request), "--yes")) == 0
            other = authority.make_authority("NER", Bounds("midas.ner.internal"), NOW)
            authority.store_authority(tmp_path / "other", other, "quite another passphrase")
            use = [
                "ca",
                "use",
                str(tmp_path / "post.crt"),
                "--ca",
                str(tmp_path / "other" / "ca.crt"),
            ]
            assert main(use) == 1
            assert "not signed by this authority" in capsys.readouterr().err
            assert this_home().config().tls_certificate == ""
            return
        assert main(self.authority(tmp_path, "sign", str(request), "--yes")) == 1
        said = {"passphrase": "does not open", "outside": "outside", "changed": "no request"}
        assert said[wrong] in capsys.readouterr().err
        assert not (tmp_path / "post.crt").exists()

    def test_nobody_signs_without_being_asked(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(self.authority(tmp_path, "init", "--state", "MLI"))
        capsys.readouterr()
        main(["ca", "request"])
        (tmp_path / "post.csr").write_text(capsys.readouterr().out)
        assert main(self.authority(tmp_path, "sign", str(tmp_path / "post.csr"))) == 1
        assert "add --yes" in capsys.readouterr().err


def certificate_path(certificate: x509.Certificate) -> str:
    return str(this_home().path("keys", f"web-{certificate.serial_number:x}"[:24] + ".crt"))


def test_an_unbounded_authority_is_not_taken(tmp_path: Path) -> None:
    """An authority of another making, that could pose as the whole internet."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Anything")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    with pytest.raises(InstallationError, match="unbounded"):
        Authority(made, key).sign(read_names([INSIDE]), key.public_key(), NOW)


def test_a_fingerprint_is_the_one_that_openssl_prints(ca: Authority) -> None:
    mark = certificates.fingerprint(ca.certificate)
    assert mark.replace(" ", "").lower() == ca.certificate.fingerprint(SHA256()).hex()
    assert len(mark.split()) == 16
