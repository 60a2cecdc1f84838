"""`run.py`: what it says, what it passes on, and when it has nothing to do."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).resolve().parents[1] / "run.py"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, RUN, *words], capture_output=True, text=True, check=False
    )


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module that works on a project folder of its own."""
    project = tmp_path / "project"
    (project / "lock").mkdir(parents=True)
    (project / "src").mkdir()
    (project / "pyproject.toml").write_text("[project]\n")
    for group in ("runtime", "postgres", "test"):
        (project / "lock" / f"{group}.txt").write_text(f"{group}==1\n")
    (project / "run.py").write_bytes(RUN.read_bytes())
    spec = importlib.util.spec_from_file_location("run_of_project", project / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    installed: list[str] = []

    def make() -> None:
        module.SCRIPTS.mkdir(parents=True, exist_ok=True)
        if not module.PYTHON.exists():
            module.PYTHON.symlink_to(sys.executable)
            (module.VENV / "pyvenv.cfg").write_text("version = 3.11\n")

    monkeypatch.setattr(module, "installed", installed, raising=False)
    monkeypatch.setattr(module, "make_environment", make)
    monkeypatch.setattr(module, "install", installed.extend)
    monkeypatch.setattr(module, "add_project", lambda: None)
    return module


def installed_by(module: ModuleType, *groups: str) -> list[str]:
    """What one `prepare` installs."""
    module.installed.clear()
    module.prepare(*groups)
    return list(module.installed)


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("demo", "test", "midas", "release", "bench", "lock"):
        assert f"    {command} " in done.stdout


def test_says_what_there_is_when_a_command_is_unknown() -> None:
    done = run("start")
    assert done.returncode == 2
    assert "demo" in done.stderr


def test_says_what_there_is_when_a_benchmark_is_unknown() -> None:
    done = run("bench", "nonesuch")
    assert done.returncode == 1
    assert "nonesuch" in done.stderr


def test_an_old_python_is_told_which_one_is_needed() -> None:
    old = f"import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path({str(RUN)!r})"
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_old_python_can_read_the_file() -> None:
    ast.parse(RUN.read_text(), feature_version=(3, 6))


def test_midas_gets_its_words_and_its_input_and_gives_its_status(
    module: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    module.prepare("runtime")
    script = "import sys; print(sys.argv[1:], sys.stdin.read()); sys.exit(3)"
    (module.SCRIPTS / "midas").write_text(script)
    project = module.ROOT / "run.py"
    done = subprocess.run(
        [sys.executable, project, "midas", "journal", "--help"],
        input="P<UTO",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "['journal', '--help'] P<UTO\n"
    assert done.returncode == 3
    assert done.stderr == ""


def test_a_second_run_installs_nothing(module: ModuleType) -> None:
    assert installed_by(module, "runtime", "postgres") == ["runtime", "postgres"]
    assert installed_by(module, "runtime") == []


def test_what_is_there_stays_when_more_is_asked_for(module: ModuleType) -> None:
    installed_by(module, "runtime", "postgres")
    assert installed_by(module, "runtime", "test") == ["runtime", "postgres", "test"]


@pytest.mark.parametrize("changed", ["lock/runtime.txt", "pyproject.toml", ".venv/pyvenv.cfg"])
def test_a_changed_file_installs_anew(module: ModuleType, changed: str) -> None:
    installed_by(module, "runtime")
    (module.ROOT / changed).write_text("changed")
    assert installed_by(module, "runtime") == ["runtime"]


def test_an_interrupted_installation_is_done_again(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_by(module, "runtime")

    def interrupted(groups: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            module.prepare("runtime", "test")
    assert installed_by(module, "runtime") == ["runtime"]


def test_only_changed_translations_are_compiled(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[object] = []

    def compiles(line: object) -> bool:
        ran.append(line)
        return True

    monkeypatch.setattr(module, "quietly", compiles)
    source = module.SOURCE / "openmidas" / "web" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    module.compile_catalogues()
    assert len(ran) == 1
    source.with_suffix(".mo").touch()
    module.compile_catalogues()
    assert len(ran) == 1
    os.utime(source, (2_000_000_000, 2_000_000_000))
    module.compile_catalogues()
    assert len(ran) == 2


class TestBeside:
    """Suites that run while something else is done."""

    def say(self, word: str, status: int) -> list[str]:
        return [sys.executable, "-c", f"print('{word}'); raise SystemExit({status})"]

    def test_each_is_told_and_none_that_failed_is_forgotten(
        self, module: ModuleType, capfd: pytest.CaptureFixture[str]
    ) -> None:
        suites = {"one": self.say("first", 3), "two": self.say("second", 0)}
        with module.beside(suites) as wait:
            assert wait() == 3
        assert capfd.readouterr().out.split() == ["first", "second"]

    def test_all_well(self, module: ModuleType) -> None:
        with module.beside({"one": self.say("first", 0)}) as wait:
            assert wait() == 0

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
    def test_one_that_cannot_be_started_has_not_passed(self, module: ModuleType) -> None:
        with module.beside({"one": ["/no/such/program"]}) as wait:
            assert wait() == 1

    def test_leaving_ends_them(self, module: ModuleType) -> None:
        slow = [sys.executable, "-c", "import time; time.sleep(60)"]
        with module.beside({"one": slow}):
            pass
