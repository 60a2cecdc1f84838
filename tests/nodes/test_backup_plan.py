"""Where backups go, whom they open for, and which are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from openmidas.nodes.backup_plan import (
    Kept,
    Plan,
    backups_in,
    file_name,
    is_there,
    mark,
    read_plan,
    read_public_key,
    read_recovery_key,
    recipient_of_passphrase,
    to_remove,
    write_plan,
    write_recovery_key,
)
from openmidas.nodes.backup_seal import BackupFailed, new_secret, recipient_of, secret_bytes
from openmidas.nodes.home import NodeHome

NODE = UUID("01900000-0000-7000-8000-0000000000aa")
NOON = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


def hourly(hours: int) -> list[Kept]:
    moments = [NOON - timedelta(hours=back) for back in range(hours)]
    return [Kept(at, Path(file_name(NODE, at))) for at in moments]


def test_a_day_of_hours_a_week_of_days_and_a_month_of_weeks_are_kept() -> None:
    made = hourly(24 * 60)
    stays = sorted(set(made) - set(to_remove(made)), reverse=True)
    assert stays[:24] == made[:24]
    later = [one.at for one in stays[24:]]
    days = {at.date() for at in later}
    # Two of the seven days are in the 24 hours already, and two of the four weeks in the seven days.
    assert len(later) == len(days) == 5 + 2
    assert all(at.hour == 23 for at in later), "the last of a day, the last of a week"
    assert NOON - min(later) > timedelta(days=16)


def test_few_backups_are_all_kept_whatever_their_age() -> None:
    old = [Kept(NOON - timedelta(days=400 * n), Path(str(n))) for n in range(4)]
    assert to_remove(old) == []


def test_what_is_removed_once_leaves_nothing_to_remove() -> None:
    made = hourly(24 * 40)
    stays = set(made) - set(to_remove(made))
    assert to_remove(stays) == []


def test_only_whole_backups_of_this_node_count(tmp_path: Path) -> None:
    ours = file_name(NODE, NOON)
    other = file_name(UUID(int=5), NOON)
    for name in (ours, other, f"{ours}.part", "notes.txt", "000000aa-2026.midasbackup"):
        tmp_path.joinpath(name).touch()
    assert backups_in(tmp_path, NODE) == [
        Kept(NOON.replace(second=0, microsecond=0), tmp_path / ours)
    ]


def test_a_plan_survives_its_file(tmp_path: Path) -> None:
    home = NodeHome(tmp_path)
    assert read_plan(home) is None
    spoken = recipient_of_passphrase("baobab sous la pluie")
    plan = Plan(('/media/clé "une"', "/srv/b"), (recipient_of(new_secret()), spoken))
    write_plan(home, plan)
    assert read_plan(home) == plan


@pytest.mark.parametrize(
    "text", ["targets = [", "targets = []", 'targets = []\nrecipients = ["AAAA"]', "\xff"]
)
def test_a_plan_that_cannot_be_read_is_said_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "backup.toml").write_text(text, encoding="latin-1")
    with pytest.raises(BackupFailed, match=r"backup\.plan_unreadable"):
        read_plan(NodeHome(tmp_path))


def test_a_folder_without_the_mark_is_a_stick_that_is_not_there(tmp_path: Path) -> None:
    assert not is_there(tmp_path)
    mark(tmp_path)
    assert is_there(tmp_path)


def test_a_recovery_key_is_two_files(tmp_path: Path) -> None:
    secret = new_secret()
    public = write_recovery_key(tmp_path / "recovery", secret)
    assert secret_bytes(read_recovery_key(tmp_path / "recovery")) == secret_bytes(secret)
    assert read_public_key(public) == recipient_of(secret)
    with pytest.raises(BackupFailed, match=r"backup\.no_key"):
        read_recovery_key(public)
    with pytest.raises(BackupFailed, match=r"backup\.no_key"):
        read_public_key(tmp_path / "recovery")
    with pytest.raises(BackupFailed, match=r"backup\.no_key"):
        read_public_key(tmp_path / "none")


def test_a_short_passphrase_is_not_taken() -> None:
    with pytest.raises(BackupFailed, match=r"backup\.passphrase_short"):
        recipient_of_passphrase("baobab")
