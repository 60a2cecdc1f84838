"""Making a node, introducing it to others, and what only an HQ may do."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest
from django.db import transaction

from openmidas.cli import main
from openmidas.exchange.receipts import give_receipt
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.signing import sign_receipt
from openmidas.nodes.home import NodeHome, NodeMissing, NodeUnreadable, this_home, write_file
from openmidas.nodes.identity import NodeCard, ThisNode, this_node
from openmidas.nodes.keys import certificate_fingerprint
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import enrol, meet, open_own_journal
from tests.conftest import HQ_HOME, POST, POST_HOME


class TestHome:
    def test_a_configuration_survives_its_file(self, tmp_path: Path) -> None:
        home = NodeHome(tmp_path)
        config = msgspec.structs.replace(POST_HOME.config(), name='Labbezanga "sud"', demo=True)
        home.write_config(config)
        assert home.config() == config

    def test_no_node_is_said_so(self, tmp_path: Path) -> None:
        with pytest.raises(NodeMissing, match="midas init"):
            NodeHome(tmp_path).config()

    def test_secrets_are_kept_and_closed_to_others(self, tmp_path: Path) -> None:
        home = NodeHome(tmp_path)
        assert home.secret("web") == home.secret("web") != home.secret("database")
        mode = stat.S_IMODE((tmp_path / "keys" / "web.secret").stat().st_mode)
        assert os.name != "posix" or mode == 0o600

    @pytest.mark.skipif(os.name != "posix", reason="folders have no modes here")
    def test_the_password_of_the_database_is_closed_to_others(self, tmp_path: Path) -> None:
        home = NodeHome(tmp_path / "made" / "hq")
        address = "postgresql://midas:secret@db/hq"
        home.write_config(msgspec.structs.replace(POST_HOME.config(), database=address))
        home.secret("web")
        open_before = [home.folder, home.path("keys"), home.path("node.toml")]
        assert [stat.S_IMODE(path.stat().st_mode) for path in open_before] == [0o700, 0o700, 0o600]
        for path in open_before:
            path.chmod(0o755)  # as earlier versions left them
        home.close_to_others()
        assert [stat.S_IMODE(path.stat().st_mode) for path in open_before] == [0o700, 0o700, 0o600]

    def test_a_failed_write_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_file(tmp_path / "f", b"old")

        def full(descriptor: int) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            write_file(tmp_path / "f", b"new")
        assert (tmp_path / "f").read_bytes() == b"old"


class TestIdentity:
    def test_keys_are_made_once(self, tmp_path: Path) -> None:
        home = NodeHome(tmp_path)
        home.write_config(POST_HOME.config())
        assert ThisNode(home).card() == ThisNode(home).card()
        assert b"PRIVATE" not in ThisNode(home).card().encode()

    def test_a_card_survives_its_file(self) -> None:
        card = ThisNode(POST_HOME).card()
        assert NodeCard.decode(card.encode()) == card


@pytest.mark.django_db
class TestMeeting:
    def test_the_journal_opens_once(self) -> None:
        open_own_journal()
        open_own_journal()
        assert Journal.objects.get().sequence == 1

    @pytest.mark.usefixtures("as_hq")
    def test_the_hq_enrols_a_post(self) -> None:
        open_own_journal()
        card = ThisNode(POST_HOME).card()
        enrol(card, actor=Actor())
        assert EnrolledNode.objects.get(id=POST).node == this_node().id
        assert Peer.objects.get(id=POST).fingerprint == certificate_fingerprint(card.certificate)
        assert Journal.objects.get(node=POST).sequence == 0

    def test_a_post_cannot_enrol(self) -> None:
        open_own_journal()
        with pytest.raises(JournalError, match=r"entry\.not_authorised"):
            enrol(ThisNode(HQ_HOME).card(), actor=Actor())

    def test_a_certificate_that_is_none_is_refused(self) -> None:
        card = msgspec.structs.replace(ThisNode(HQ_HOME).card(), certificate="none")
        with pytest.raises(ValueError, match="PEM"):
            meet(card)
        assert not Peer.objects.exists()


class TestCommands:
    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENMIDAS_HOME", str(tmp_path / "node"))
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")

    def test_init_makes_a_node_and_never_another_over_it(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["init", "post", "--state", "mli", "--name", "Kourémalé"]
        assert main(arguments) == 0
        config = this_home().config()
        assert (config.kind, config.state, config.name) == (NodeKind.POST, "MLI", "Kourémalé")
        assert main(arguments) == 1
        assert "already" in capsys.readouterr().err
        assert this_home().config().id == config.id

    def test_init_knows_the_states(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["init", "hq", "--state", "QQQ", "--name", "x"]) == 1
        assert "QQQ" in capsys.readouterr().err
        assert not this_home().exists

    @pytest.mark.parametrize(
        ("option", "value"),
        [("--name", "x" * 121), ("--database", "mysql://there"), ("--time-zone", "Mars/Olympus")],
    )
    def test_init_refuses_what_cannot_be(
        self, option: str, value: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["init", "hq", "--state", "MLI", "--name", "x", option, value]) == 1
        assert option in capsys.readouterr().err
        assert not this_home().exists

    @pytest.mark.django_db
    @pytest.mark.usefixtures("as_hq")
    def test_a_headquarters_enrols_posts_only(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "card").write_bytes(ThisNode(HQ_HOME).card().encode())
        assert main(["enrol", str(tmp_path / "card")]) == 1
        assert "not of a post" in capsys.readouterr().err
        assert not Peer.objects.exists()

    def test_without_a_node_a_command_says_what_to_do(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["journal", "verify"]) == 1
        assert "midas init" in capsys.readouterr().err

    def test_the_same_in_french(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "fr")
        assert main(["journal", "verify"]) == 1
        assert "Aucun nœud" in capsys.readouterr().err

    def test_a_card_goes_out_and_comes_in(
        self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
    ) -> None:
        main(["init", "post", "--state", "MLI", "--name", "Kourémalé"])
        capfdbinary.readouterr()
        assert main(["card"]) == 0
        card = NodeCard.decode(capfdbinary.readouterr().out)
        assert (card.id, card.name) == (this_home().config().id, "Kourémalé")

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (None, "Cannot read"),
            (b"{}", "no node's card"),
            (b"\xff\xfe", "no node's card"),
            ("post", "not of a headquarters"),
            ("abroad", "another"),
            ("certificate", "no node's card"),
        ],
    )
    def test_a_bad_card_is_told_in_words(
        self,
        content: bytes | str | None,
        told: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        main(["init", "post", "--state", "MLI", "--name", "Kourémalé"])
        card = ThisNode(POST_HOME).card()
        if content == "post":
            content = card.encode()
        elif content == "abroad":
            content = msgspec.structs.replace(card, state="NER", kind=NodeKind.HQ).encode()
        elif content == "certificate":
            content = msgspec.structs.replace(card, certificate="none").encode()
        if isinstance(content, bytes):
            (tmp_path / "card").write_bytes(content)
        assert main(["meet", str(tmp_path / "card")]) == 1
        assert told in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_journal")
class TestJournalCommands:
    @pytest.fixture(autouse=True)
    def _english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
        monkeypatch.setenv("COLUMNS", "200")

    def test_verify_holds(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["journal", "verify"]) == 0
        assert "holds" in capsys.readouterr().out

    def test_verify_names_what_does_not_hold(self, capsys: pytest.CaptureFixture[str]) -> None:
        Journal.objects.update(sequence=2)
        assert main(["journal", "verify"]) == 1
        assert "journal.cut" in capsys.readouterr().out

    def test_receipts_of_either_side_are_known(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A post signs for the HQ's journal as the HQ does for the post's."""
        hq = ThisNode(HQ_HOME)
        meet(hq.card())
        with transaction.atomic():
            give_receipt(Journal.objects.get(node=POST))
        own = Journal.objects.get(node=POST)
        receipt = sign_receipt(own.place(), hq.id, 1_760_000_000_000, hq.key)
        HeldReceipt.objects.create(
            node=own.node,
            epoch=own.epoch,
            sequence=own.sequence,
            hash=own.hash,
            witness=hq.id,
            at=receipt.at,
            signature=receipt.signature,
        )
        assert main(["journal", "verify"]) == 0, capsys.readouterr().out

    def test_rebuild_tells_how_much(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["journal", "rebuild"]) == 0
        assert "1 entries replayed" in capsys.readouterr().out

    def test_status(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["journal", "status"]) == 0
        assert "Kourémalé" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("name = ", "Invalid value"),
        ('id = "x"', "id"),
        ('time_zone = "Mars/Olympus"', "time_zone"),
        ('database = "mysql://there"', "database"),
        ('web = "everywhere"', "web"),
    ],
)
def test_a_configuration_that_cannot_be_is_told_and_not_used(
    line: str, told: str, tmp_path: Path
) -> None:
    field = line.partition(" ")[0]
    good = (POST_HOME.folder / "node.toml").read_text().splitlines()
    kept = [one for one in good if not one.startswith(f"{field} ")]
    (tmp_path / "node.toml").write_text("\n".join([*kept, line]))
    with pytest.raises(NodeUnreadable, match=f"node.toml.*{told}"):
        NodeHome(tmp_path).config()
