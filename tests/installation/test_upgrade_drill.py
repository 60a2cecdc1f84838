"""An upgrade is killed at every step, again and again, and the post ends whole: upgraded or as it was."""

from __future__ import annotations

import os
import shutil
import signal

import pytest

from openmidas.installation.progress import LAST, UNDER_WAY, Step
from openmidas.installation.upgrading import START
from tests.installation import releases
from tests.installation.installed import Installation

# A post: the same on whichever database the other tests run, so once is enough.
pytestmark = [
    pytest.mark.skipif("OPENMIDAS_TEST_DATABASE" in os.environ, reason="a post has SQLite"),
    pytest.mark.long,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        shutil.which("systemd-sysusers") is None, reason="no systemd on this machine"
    ),
]

MIGRATION = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("nodes", "0001_initial")]
    operations = [migrations.RunSQL("CREATE TABLE added_by_the_upgrade (id INTEGER)", "")]
"""
FAILING = """
from django.db import migrations

def fail(apps, editor):
    raise RuntimeError("this migration fails")

class Migration(migrations.Migration):
    dependencies = [("nodes", "0002_added")]
    operations = [migrations.RunPython(fail)]
"""
KILLED = -signal.SIGKILL


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    installation = Installation(tmp_path_factory.mktemp("drill"))
    root = str(installation.places.root)
    line = ["install", "post", "--root", root, "--name", "Labbezanga", "--state", "MLI"]
    installation.midas(*line, "--time-zone", "Africa/Bamako")
    installation.places.keys.mkdir(parents=True, exist_ok=True)
    shutil.copy(installation.folder / "key.pem", installation.places.keys)
    officer = ["officer", "enrol", "awa", "--name", "Awa Koné", "--role", "primary"]
    installation.midas(*officer)
    return installation


def has_table(post: Installation) -> bool:
    code = "print('added_by_the_upgrade' in connection.introspection.table_names())"
    return "True" in post.ask(code)


def journal(post: Installation) -> str:
    """Every header and body of the post's journal."""
    every = "JournalEntry.objects.order_by('sequence')"
    return post.ask(f"print([(bytes(e.header).hex(), bytes(e.body).hex()) for e in {every}])")


def nothing_is_left(post: Installation) -> None:
    assert not (post.places.versions / UNDER_WAY).exists()
    assert not post.places.incoming.exists()


def test_a_failing_upgrade_killed_at_every_moment_of_its_undoing_leaves_all_as_it_was(
    post: Installation,
) -> None:
    before = journal(post)
    assert before.count("(") >= 2
    stick = post.release(
        "0.2.0",
        openmidas__nodes__migrations__0002_added=MIGRATION,
        openmidas__nodes__migrations__0003_fails=FAILING,
    )
    assert post.interrupt(stick, "undo", "do").returncode == KILLED
    assert post.interrupt(stick, "undo", "restored").returncode == KILLED
    assert post.interrupt(stick, "undo", "done").returncode == KILLED
    ended = post.interrupt(stick, "none", "")
    assert ended.stdout.startswith("undone"), ended.stdout + ended.stderr
    assert "this migration fails" in ended.stdout
    assert post.places.version == "0.1.0"
    assert not (post.places.versions / "0.2.0").exists()
    assert not (post.home / "before-upgrade").exists()
    assert not has_table(post)
    assert journal(post) == before
    assert "holds" in post.midas("journal", "verify").stdout
    nothing_is_left(post)


def test_an_upgrade_killed_before_and_after_every_step_arrives(post: Installation) -> None:
    before = journal(post)
    stick = post.release("0.2.1", openmidas__nodes__migrations__0002_added=MIGRATION)
    kills = [(step, moment) for step in Step for moment in ("do", "done")]
    for step, moment in [*kills, (START, "do")]:
        killed = post.interrupt(stick, step, moment)
        assert killed.returncode == KILLED, f"{step} {moment}: {killed.stdout}{killed.stderr}"
    # The units of the services wait for what is under way: it must be over before they are started.
    nothing_is_left(post)
    root = ["--root", str(post.places.root)]
    assert "Nothing was interrupted" in post.midas("upgrade", "--resume", *root).stdout
    assert post.midas("--version").stdout.strip() == "OpenMIDAS 0.2.1"
    assert has_table(post)
    assert journal(post) == before
    assert "holds" in post.midas("journal", "verify").stdout
    assert (post.places.versions / "0.1.0").is_dir(), "the version before is kept"
    nothing_is_left(post)


def test_it_can_be_undone_as_long_as_nothing_was_written(post: Installation) -> None:
    """Follows the upgrade above, as a technician would."""
    before = journal(post)
    root = ["--root", str(post.places.root)]
    assert "0.1.0 is in use again" in post.midas("upgrade", "--back", *root).stdout
    assert post.midas("--version").stdout.strip() == "OpenMIDAS 0.1.0"
    assert not has_table(post)
    assert journal(post) == before
    assert not (post.places.versions / LAST).exists()
    assert "no upgrade to undo" in post.midas("upgrade", "--back", *root, check=False).stderr


def test_kills_in_the_middle_of_steps_do_no_harm_and_writing_forbids_going_back(
    post: Installation,
) -> None:
    before = journal(post)
    stick = post.release("0.2.2", openmidas__nodes__migrations__0002_added=MIGRATION)
    for step, later in (("build", 700), ("copy", 400), ("migrate", 900), ("check", 1500)):
        killed = post.interrupt(stick, step, "do", later)
        assert killed.returncode == KILLED, f"{step}: {killed.stdout}{killed.stderr}"
    ended = post.interrupt(stick, "none", "")
    assert ended.stdout.startswith("upgraded"), ended.stdout + ended.stderr
    assert journal(post) == before
    post.midas("officer", "enrol", "bakary", "--name", "Bakary", "--role", "primary")
    root = ["--root", str(post.places.root)]
    assert "would lose them" in post.midas("upgrade", "--back", *root, check=False).stderr
    assert post.midas("--version").stdout.strip() == "OpenMIDAS 0.2.2"
    assert "holds" in post.midas("journal", "verify").stdout


def test_what_is_no_upgrade_is_refused_and_touches_nothing(post: Installation) -> None:
    root = ["--root", str(post.places.root)]
    for version, told in (("0.2.2", "not newer"), ("0.1.9", "not newer")):
        releases.make(stick := post.folder / version, version, post.key, files={})
        said = post.midas("upgrade", str(stick), *root, check=False)
        assert said.returncode == 1
        assert told in said.stderr
    nothing_is_left(post)
    assert post.places.version == "0.2.2"
