"""Dockerfile and compose.yaml: what they name exists. (No image can be built where these tests run.)"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from openmidas.cli import build_parser
from openmidas.installation import release
from openmidas.journal import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.web.databases import database_settings
from tests.conftest import POST_HOME

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
NODE = ("prepare", "serve", "exchange", "worker")


def midas_commands() -> set[str]:
    choices = next(action.choices for action in build_parser()._actions if action.choices)
    return set(choices)


def midas_lines() -> list[list[str]]:
    """Every line that starts `midas`, as words: of the services and of the script that prepares."""
    lines = [["midas", *COMPOSE["services"][name]["command"]] for name in NODE[1:]]
    script = COMPOSE["services"]["prepare"]["command"][0].replace("\\\n", " ").replace("$$", "$")
    for line in script.splitlines():
        if line.strip().startswith("midas "):
            lines.append(re.findall(r'"[^"]*"|\S+', line))
    return lines


def test_every_command_exists_and_takes_these_options() -> None:
    values = {
        "$STATE": "MLI",
        "$NAME": "Bamako",
        "$TIME_ZONE": "UTC",
        "$ADDRESS:8400": "10.0.0.1:8400",
    }
    lines = midas_lines()
    assert len(lines) == 5
    for line in lines:
        words = [values.get(word.strip('"'), word.strip('"')) for word in line[1:]]
        options = build_parser().parse_args(words)
        assert options.command in midas_commands()
    assert json.loads(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[0]) == ["serve"]


def test_the_node_that_it_makes_is_one() -> None:
    (line,) = [line for line in midas_lines() if "init" in line]
    said = dict(zip(line[3::2], (word.strip('"') for word in line[4::2]), strict=True))
    config = NodeConfig(
        id=POST_HOME.config().id,
        kind=NodeKind.HQ,
        state="MLI",
        name="Bamako",
        database=said["--database"],
        web=said["--web"],
        exchange=said["--exchange"].replace("$ADDRESS", "10.0.0.1"),
    )
    assert config.wrong_field() is None
    settings = database_settings(NodeHome(Path("/nowhere")), config)
    sockets = [volume for volume in COMPOSE["x-node"]["volumes"] if volume.startswith("socket:")]
    assert settings["OPTIONS"]["host"] == sockets[0].partition(":")[2]
    assert settings["OPTIONS"]["passfile"] == "/run/secrets/pgpass"
    assert (settings["HOST"], settings["PASSWORD"], settings["USER"]) == ("", "", "midas")


def test_health_is_asked_by_a_module_that_exists() -> None:
    test = COMPOSE["services"]["serve"]["healthcheck"]["test"]
    assert test[:3] == ["CMD", "python", "-m"]
    assert importlib.util.find_spec(test[3]) is not None


@pytest.mark.parametrize("name", NODE)
def test_no_process_of_the_node_is_root_or_writes_beside_its_folder(name: str) -> None:
    service = COMPOSE["services"][name]
    (user,) = re.findall(r"--uid (\d+)", DOCKERFILE)
    assert service["user"] == user
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not any("PASSWORD" in variable for variable in service.get("environment", {}))


def test_volumes_and_secrets_are_declared_and_the_database_is_new_enough() -> None:
    for service in COMPOSE["services"].values():
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(
            COMPOSE["volumes"]
        )
        assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    image = COMPOSE["services"]["database"]["image"]
    assert int(re.findall(r"^postgres:(\d+)", image)[0]) >= 15
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "secrets/" in ignored, "nobody commits a password by accident"
    assert "dist/" in ignored


def test_the_image_is_built_by_code_that_exists() -> None:
    code = json.loads(re.findall(r'^RUN (\["python".+)$', DOCKERFILE, re.MULTILINE)[0])[-1]
    compile(code, "Dockerfile", "exec")
    for name in re.findall(r"release\.(\w+)\(", code):
        assert callable(getattr(release, name))
    (target,) = re.findall(r"make_environment\(Path\('/checked'\), Path\('([^']+)'\)", code)
    assert f"COPY --from=build {target} {target}\n" in DOCKERFILE
    assert f"PATH={target}/bin:" in DOCKERFILE
    assert COMPOSE["x-node"]["volumes"][0].endswith(
        re.findall(r"OPENMIDAS_HOME=(\S+)", DOCKERFILE)[0]
    )


@pytest.mark.postgres
def test_a_password_comes_from_a_file(tmp_path: Path) -> None:
    """As compose.yaml has it: nothing secret in node.toml, in variables or in lists of processes."""
    server = os.environ.get("OPENMIDAS_TEST_DATABASE", "sqlite")
    if server == "sqlite":
        pytest.skip("no PostgreSQL server in this run")
    parts = urlsplit(server)
    passfile = tmp_path / "pgpass"
    passfile.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
    passfile.write_text(f"*:*:*:{parts.username}:{parts.password}\n")
    options = f"host={parts.hostname}&port={parts.port}&passfile={passfile}"
    address = f"postgresql://{parts.username}@{parts.path}?{options}"
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    settings = database_settings(
        NodeHome(tmp_path), NodeConfig(**{**config_fields(), "database": address})
    )
    assert settings["OPTIONS"]["passfile"] == str(passfile)


def config_fields() -> dict[str, Any]:
    config = POST_HOME.config()
    return {name: getattr(config, name) for name in config.__struct_fields__}
