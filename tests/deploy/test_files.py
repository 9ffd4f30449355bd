"""What a city runs: Dockerfile, compose file and unit are linted, and keep the rules that a linter does not know.

There is no Docker daemon here: the image itself is not built by these tests.
"""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from selection.serving import settings
from selection.ui import server

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs/running.md").read_text(encoding="utf-8")


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dockerfile_is_clean() -> None:
    run(str(BIN / "hadolint"), "Dockerfile")


def test_the_compose_file_follows_its_schema() -> None:
    run(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml")


def last_stage() -> list[str]:
    return DOCKERFILE.split("\nFROM ")[-1].replace("\\\n", " ").splitlines()


def test_the_image_runs_as_nobody_special_and_tells_whether_it_is_well() -> None:
    lines = last_stage()
    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER 10001:10001"]
    assert any(line.startswith("HEALTHCHECK") and server.READY_PATH in line for line in lines)
    # Nothing is fetched in the last stage, nor when it runs.
    assert not re.search(r"pip|apt-get|curl|wget|ADD ", "\n".join(lines))


def test_the_image_takes_what_it_needs_of_the_checkout_and_no_more() -> None:
    taken = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert taken[0] == "*"
    kept = {line[1:] for line in taken if line.startswith("!")}
    copied = {
        part.strip("./")
        for line in DOCKERFILE.splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for part in line.split()[1:-1]
    }
    assert copied == kept
    assert all((ROOT / name).exists() for name in kept)


@pytest.mark.parametrize("name", ["app", "proxy"])
def test_services_that_others_reach_can_change_nothing_of_themselves(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]


def test_secrets_are_files_outside_of_the_repository() -> None:
    for secret in COMPOSE["secrets"].values():
        assert set(secret) == {"file"}
        done = subprocess.run(["git", "check-ignore", "-q", secret["file"]], cwd=ROOT)
        assert done.returncode == 0, f"{secret['file']} could be committed"
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if "SECRET" in name or "PASSWORD" in name or "URL_FILE" in name:
                assert value.startswith("/run/secrets/"), name
        assert all(name in COMPOSE["secrets"] for name in service.get("secrets", []))


def test_every_setting_of_the_compose_file_is_known_and_told() -> None:
    known = {"SELECTION_" + key.upper().replace(".", "_") for key in settings.KEYS}
    known |= {f"SELECTION_{key.upper().replace('.', '_')}_FILE" for key in settings.SECRETS}
    for name in COMPOSE["services"]["app"]["environment"]:
        assert name in known | {"SELECTION_DATABASE_URL_FILE"}, name
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    for name in {*re.findall(r"\$\{(\w+)", text), *COMPOSE["secrets"], *settings.KEYS}:
        assert name in RUNNING, f"docs/running.md does not tell of {name}"


def test_the_unit_gives_the_app_no_more_than_it_needs() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy/kokoonpano.service")
    service = unit["Service"]
    assert service["ExecStart"].split()[1] == "app"
    for name in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
