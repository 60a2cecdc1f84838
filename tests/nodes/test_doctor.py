"""What is wrong is said, with what to type; what is not known is never called fine."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.utils import timezone, translation

import openmidas
from openmidas.cli import main
from openmidas.journal import NodeKind
from openmidas.journal.local import ErasureUnderWay
from openmidas.journal.models import Journal, JournalEntry
from openmidas.nodes import doctor, doctor_commands
from openmidas.nodes.backup_plan import Plan, file_name, mark, write_plan
from openmidas.nodes.backup_seal import new_secret, recipient_of
from openmidas.nodes.checks import (
    backups,
    clock,
    database,
    disk,
    erasures,
    files,
    journals,
    processes,
    units,
)
from openmidas.nodes.doctor import Effort, Finding, Level, Registered, examine, glance, worst
from openmidas.nodes.doctor_wording import word_finding, worded_codes
from openmidas.nodes.home import NodeHome, this_home
from openmidas.nodes.local import Peer
from openmidas.nodes.room import Room
from openmidas.nodes.services import node_time
from tests.conftest import POST, POST_HOME
from tests.exchange.peers import befriend

GB = 1024**3
PACKAGE = Path(openmidas.__file__).parent
CHECKS = [*PACKAGE.glob("*/doctor.py"), *PACKAGE.glob("nodes/checks/*.py")]
CODE = re.compile(r"[a-z]+\.[a-z_]+")
# Strings of that shape that are no codes of findings.
OTHERS = {
    "node.db",
    "exchange.key",
    "exchange.crt",
    "web.secret",
    "database.secret",
    "worker.alive",
    doctor.NOTED,
}


def codes() -> set[str]:
    """All codes that a check can find, by its source."""
    found = {"check.failed", "check.not_yet"}
    for path in CHECKS:
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                found |= {part.value} if CODE.fullmatch(part.value) else set()
    return {code for code in found - OTHERS if not code.endswith((".service", ".pem"))}


def only(findings: Iterator[Finding]) -> Finding:
    (finding,) = findings
    return finding


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Registered]:
    """A node of its own, with no check at all yet."""
    home = NodeHome(tmp_path / "node")
    home.write_config(POST_HOME.config())
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    registered: dict[str, Registered] = {}
    monkeypatch.setattr(doctor, "_checks", registered)
    return registered


def declare(checks: dict[str, Registered], name: str, effort: Effort, *findings: Finding) -> None:
    checks[name] = Registered(name, lambda: findings, effort)


class TestExamining:
    def test_the_worst_comes_first(self, checks: dict[str, Registered]) -> None:
        for level in (Level.OK, Level.UNKNOWN, Level.STOP, Level.LOOK):
            declare(checks, level, Effort.QUICK, Finding(f"x.{level}", level))
        levels = [finding.level for finding in examine()]
        assert levels == [Level.STOP, Level.LOOK, Level.UNKNOWN, Level.OK]
        assert worst([Finding("x.a", Level.OK), Finding("x.b", Level.UNKNOWN)]) is Level.UNKNOWN

    def test_a_check_that_breaks_is_unknown_and_hides_nothing(
        self, checks: dict[str, Registered]
    ) -> None:
        def breaks() -> list[Finding]:
            raise ValueError("no such thing")

        checks["broken"] = Registered("broken", breaks, Effort.QUICK)
        declare(checks, "fine", Effort.QUICK, Finding("x.fine", Level.OK))
        failed, fine = examine()
        assert (failed.code, failed.level) == ("check.failed", Level.UNKNOWN)
        assert "no such thing" in str(failed.params["reason"])
        assert fine.code == "x.fine"

    def test_a_glance_tells_what_the_slow_checks_found_last(
        self, checks: dict[str, Registered]
    ) -> None:
        declare(checks, "slow", Effort.SLOW, Finding("x.slow", Level.STOP))
        declare(checks, "outside", Effort.OUTSIDE, Finding("x.outside", Level.OK))
        assert [(one.code, one.level) for one in glance()] == [("check.not_yet", Level.UNKNOWN)]
        assert {one.code for one in examine()} == {"x.slow", "x.outside"}
        declare(checks, "slow", Effort.SLOW, Finding("x.other", Level.OK))
        assert [one.code for one in glance()] == ["x.slow"]
        doctor.examine_slow()
        assert [one.code for one in glance()] == ["x.other"]
        this_home().path(doctor.NOTED).write_bytes(b"{torn")
        assert [one.code for one in glance()] == ["check.not_yet"]


class TestWords:
    @pytest.mark.parametrize("code", sorted(codes()))
    def test_every_finding_has_words(self, code: str) -> None:
        assert code in worded_codes()

    def test_no_words_are_left_over(self) -> None:
        failures = {code for code in worded_codes() if code.startswith(("backup.", "restore."))}
        assert worded_codes() - failures <= codes()

    @pytest.mark.parametrize("language", ["fr", "en"])
    @pytest.mark.django_db
    def test_what_this_node_finds_can_be_said(self, own_journal: None, language: str) -> None:
        with translation.override(language):
            for finding in glance():
                words = word_finding(finding)
                assert words.says
                assert "%(" not in words.says + words.mend

    def test_a_code_without_words_is_shown(self) -> None:
        assert "x.new" in word_finding(Finding("x.new", Level.LOOK)).says


class TestCommand:
    @pytest.mark.parametrize(
        ("level", "status"), [(Level.OK, 0), (Level.UNKNOWN, 0), (Level.LOOK, 1), (Level.STOP, 1)]
    )
    def test_the_exit_status_says_whether_anything_is_wrong(
        self, checks: dict[str, Registered], level: Level, status: int
    ) -> None:
        declare(checks, "one", Effort.QUICK, Finding("disk.full", level, _room(1)))
        assert main(["doctor"]) == status

    def test_it_says_what_to_do(
        self,
        checks: dict[str, Registered],
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
        monkeypatch.setenv("COLUMNS", "200")
        declare(
            checks, "one", Effort.QUICK, Finding("journal.not_opened", Level.STOP, {"epoch": 2})
        )
        main(["doctor"])
        said = capsys.readouterr().out
        assert "must be mended" in said
        assert "midas prepare" in said

    def test_machines_get_codes(
        self, checks: dict[str, Registered], capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        declare(checks, "one", Effort.QUICK, Finding("x.y", Level.LOOK, {"n": 1}))
        main(["doctor", "--json"])
        sys.stdout.flush()
        report = msgspec.json.decode(capfdbinary.readouterr().out, type=doctor_commands.Report)
        assert report == doctor_commands.Report(Level.LOOK, (Finding("x.y", Level.LOOK, {"n": 1}),))


def _room(free_mb: int) -> dict[str, str | int]:
    return {"free_mb": free_mb, "folder": "/x"}


class TestDisk:
    @pytest.mark.parametrize(
        ("room", "code"),
        [
            (Room(100 * 1024**2, 100 * GB, GB, 0), "disk.full"),
            (Room(3 * GB, 100 * GB, GB, 0), "disk.little_room"),
            (Room(50 * GB, 100 * GB, GB, GB), "disk.fills_up"),
            (Room(50 * GB, 100 * GB, GB, 1024), "disk.room"),
            (Room(2 * GB, 4 * GB, GB, 0), "disk.room"),
        ],
    )
    def test_room_is_judged_by_what_is_left_and_by_growth(
        self, monkeypatch: pytest.MonkeyPatch, room: Room, code: str
    ) -> None:
        monkeypatch.setattr(disk, "room", lambda: room)
        assert only(disk.disk()).code == code

    @pytest.mark.django_db
    def test_growth_is_what_arrived_in_the_last_week(self, own_journal: None) -> None:
        from openmidas.nodes.room import room

        now = room()
        assert now.growth == now.database // 7, "all entries are of this week"


class TestClock:
    @pytest.mark.django_db
    def test_a_clock_before_the_last_entry_is_seen(self, own_journal: None) -> None:
        assert only(clock.against_journal()).code == "clock.follows_journal"
        Journal.objects.update(at=4_000_000_000_000)
        assert only(clock.against_journal()).code == "clock.fell_back"

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("ahead", "code"),
        [(None, "clock.never_compared"), (2_000, "clock.agrees"), (-400_000, "clock.differs")],
    )
    def test_the_clock_is_held_against_the_hqs(self, ahead: int | None, code: str) -> None:
        _, hq = befriend(NodeKind.HQ)
        Peer.objects.filter(id=hq.id).update(clock_ahead=ahead)
        assert only(clock.against_hq()).code == code

    def test_a_computer_without_a_battery_is_seen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = []
        for folder in (tmp_path / "none", tmp_path / "empty", tmp_path / "one"):
            monkeypatch.setattr(clock, "CLOCKS", folder)
            if folder.name != "none":
                folder.mkdir()
            if folder.name == "one":
                (folder / "rtc0").mkdir()
            found.append(only(clock.battery()).level)
        assert found == [Level.UNKNOWN, Level.LOOK, Level.OK]


@pytest.mark.django_db
class TestDatabase:
    def test_the_one_of_this_node_is_in_order(self) -> None:
        levels = [one.level for one in (*database.version(), *database.settings())]
        assert set(levels) <= {Level.OK} or os.environ.get("OPENMIDAS_TEST_DATABASE")
        assert only(database.whole()).level in (Level.OK, Level.UNKNOWN)

    def test_a_sqlite_that_can_damage_its_log_is_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database.connection, "vendor", "sqlite", raising=False)
        monkeypatch.setattr(database, "_ask", lambda query: "3.51.2")
        assert only(database.version()).code == "database.sqlite_unsafe"

    def test_a_damaged_page_is_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database.connection, "vendor", "sqlite", raising=False)
        monkeypatch.setattr(database, "_rows", lambda query: ["page 7 is never used"])
        assert only(database.whole()).level is Level.STOP


class TestFiles:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NodeHome:
        home = NodeHome(tmp_path / "node")
        home.write_config(POST_HOME.config())
        monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
        home.secret("web")
        home.secret("database")
        return home

    @pytest.mark.django_db
    def test_a_missing_key_is_seen(self, home: NodeHome) -> None:
        assert only(files.keys()).code == "keys.here"
        home.path("keys", "web.secret").unlink()
        assert only(files.keys()).params == {"names": "web.secret"}

    @pytest.mark.skipif(os.name != "posix", reason="folders have no modes here")
    def test_a_key_that_others_can_read_is_seen(self, home: NodeHome) -> None:
        assert only(files.permissions()).level is Level.OK
        home.path("keys", "web.secret").chmod(0o644)
        finding = only(files.permissions())
        assert finding.level is Level.STOP
        assert "web.secret" in str(finding.params["names"])

    def test_a_certificate_of_another_key_is_seen(self, home: NodeHome, tmp_path: Path) -> None:
        from openmidas.nodes.keys import certificate

        assert list(files.exchange_certificate()) == []
        certificate(home, POST)
        assert only(files.exchange_certificate()).level is Level.OK
        certificate(NodeHome(tmp_path / "other"), POST)
        home.path("keys", "exchange.key").write_bytes(
            (tmp_path / "other" / "keys" / "exchange.key").read_bytes()
        )
        assert only(files.exchange_certificate()).code == "exchange.certificate_other_key"
        home.path("keys", "exchange.crt").write_bytes(b"none")
        assert only(files.exchange_certificate()).code == "exchange.certificate_unreadable"


class TestUnits:
    @pytest.mark.parametrize(
        ("state", "code"),
        [
            ({"LoadState": "not-found"}, "units.not_installed"),
            ({"LoadState": "loaded", "ActiveState": "failed"}, "units.not_running"),
            (
                {"LoadState": "loaded", "ActiveState": "active", "UnitFileState": "disabled"},
                "units.not_at_start",
            ),
            (
                {"LoadState": "loaded", "ActiveState": "active", "UnitFileState": "enabled"},
                "units.running",
            ),
        ],
    )
    def test_a_unit_is_judged_by_what_systemd_says(self, state: dict[str, str], code: str) -> None:
        assert units.judge("midas-serve.service", state).code == code

    def test_what_systemd_prints_is_read_unit_by_unit(self) -> None:
        block = "LoadState=loaded\nActiveState=active\nUnitFileState=enabled\n"
        read = units.read_properties("\n".join([block] * 3))
        assert read is not None
        assert [each["ActiveState"] for each in read] == ["active"] * 3
        assert units.read_properties("") is None

    def test_the_public_pages_are_asked_after_where_they_have_an_address(self) -> None:
        assert units.PUBLIC not in units.expected("")
        assert units.PUBLIC in units.expected("0.0.0.0:8001")

    def test_without_systemd_nothing_is_claimed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(units.shutil, "which", lambda name: None)
        assert only(units.units()).level is Level.UNKNOWN


@pytest.mark.django_db
class TestJournals:
    def test_a_journal_that_was_not_opened_is_seen(self) -> None:
        assert only(journals.opened()).level is Level.STOP

    def test_entries_that_no_table_follows_are_seen(
        self, own_journal: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert only(journals.followed()).level is Level.OK
        monkeypatch.setattr(journals, "MANY", 0)
        Journal.objects.update(projected=0)
        assert only(journals.followed()).code == "journal.not_followed"

    def test_an_erasure_that_does_not_come_to_its_end_is_seen(self) -> None:
        assert only(erasures.erased()).code == "erasure.done"
        ErasureUnderWay.objects.create(id=POST, node=POST, epoch=1, sequence=9, entries=1)
        assert only(erasures.erased()).code == "erasure.under_way"
        ErasureUnderWay.objects.update(since=timezone.now() - erasures.LATE - timedelta(hours=1))
        found = only(erasures.erased())
        assert (found.level, found.params) == (Level.LOOK, {"erasures": 1, "hours": 49})

    def test_a_body_that_nobody_ordered_to_be_erased_is_seen(self, own_journal: None) -> None:
        assert only(erasures.ordered()).code == "erasure.ordered"
        JournalEntry.objects.filter(node=POST, sequence=1).update(body=None, salt=None)
        found = only(erasures.ordered())
        assert (found.level, found.params) == (Level.STOP, {"sequence": 1})
        assert only(journals.proved()).level is Level.OK, "the chain holds without it"

    def test_a_changed_entry_is_seen(self, own_journal: None) -> None:
        from openmidas.journal.models import JournalEntry

        assert only(journals.proved()).level is Level.OK
        JournalEntry.objects.update(salt=bytes(32))
        assert only(journals.proved()).params["reason"] == "entry.body_changed"


class TestProcesses:
    def test_the_workers_sign_grows_old(self, checks: Any) -> None:
        assert only(processes.worker()).level is Level.UNKNOWN
        processes.note_worker()
        assert only(processes.worker()).level is Level.OK
        sign = this_home().path(processes.WORKER_SIGN)
        os.utime(sign, (0, sign.stat().st_mtime - 3600))
        assert only(processes.worker()).code == "process.worker_silent"

    def test_pages_that_do_not_answer_are_seen(self, checks: Any) -> None:
        home = this_home()
        home.write_config(msgspec.structs.replace(home.config(), web="127.0.0.1:1"))
        assert only(processes.pages()).code == "process.pages_silent"

    @pytest.mark.django_db
    def test_of_a_posts_exchange_only_fresh_notes_tell(self) -> None:
        _, hq = befriend(NodeKind.HQ)
        assert only(processes.exchange()).level is Level.UNKNOWN
        Peer.objects.filter(id=hq.id).update(last_contact=timezone.now())
        assert only(processes.exchange()).level is Level.OK


@pytest.mark.django_db
class TestBackups:
    @pytest.fixture
    def target(self, checks: Any, tmp_path: Path) -> Path:
        target = tmp_path / "stick"
        write_plan(this_home(), Plan((str(target),), (recipient_of(new_secret()),)))
        return target

    def test_a_node_that_is_copied_nowhere_is_seen(self, checks: Any) -> None:
        assert only(backups.backups()).code == "backup.not_set_up"

    def test_a_stick_that_is_not_there_is_seen(self, target: Path) -> None:
        assert only(backups.backups()).code == "backup.target_missing"

    def test_the_age_of_the_last_backup_is_told(self, target: Path) -> None:
        mark(target)
        assert only(backups.backups()).code == "backup.none"
        (target / file_name(POST, node_time() - timedelta(hours=30))).touch()
        assert only(backups.backups()).params["hours"] == 30
        assert only(backups.backups()).code == "backup.old"
        (target / file_name(POST, node_time())).touch()
        assert only(backups.backups()).code == "backup.fresh"

    def test_a_copy_on_the_nodes_own_disk_is_seen(self, target: Path) -> None:
        mark(target)
        assert only(backups.same_disk()).code == "backup.same_disk"
