"""Settings of shared use: complete and safe, or the app does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from selection.errors import SettingsError
from selection.serving import settings
from selection.texts import LANGUAGES, error_text, in_language
from selection.ui import server

SECRET = "0123456789abcdef0123456789abcdef"
COMPLETE = {
    "SELECTION_LOGIN_METADATA": "https://login.example/.well-known/openid-configuration",
    "SELECTION_LOGIN_CLIENT_ID": "kokoonpano",
    "SELECTION_LOGIN_CLIENT_SECRET": "s3cret-of-the-client",
    "SELECTION_LOGIN_COOKIE_SECRET": SECRET,
    "SELECTION_WEB_PUBLIC_URL": "https://kokoonpano.example",
    "SELECTION_WEB_PROXY": "true",
}


def refused(environment: dict[str, str]) -> SettingsError:
    with pytest.raises(SettingsError) as error:
        settings.shared(environment)
    for language in LANGUAGES:
        with in_language(language):
            told = error_text(error.value)
            assert error.value.code not in told
            assert SECRET not in told and "s3cret" not in told
    return error.value


def test_alone_on_one_machine_there_are_none() -> None:
    assert settings.shared({"SELECTION_DATA": "/tmp/x"}) is None


def test_complete_settings_ask_for_pkce() -> None:
    found = settings.shared(COMPLETE)
    assert found is not None
    auth = found.secrets()["auth"]
    assert auth["redirect_uri"] == "https://kokoonpano.example/oauth2callback"
    assert auth["client_kwargs"]["code_challenge_method"] == "S256"
    assert "s3cret" not in repr(found) and SECRET not in repr(found)


@pytest.mark.parametrize("key", settings.NEEDED)
def test_half_set_is_refused(key: str) -> None:
    some = {name: value for name, value in COMPLETE.items() if name != "SELECTION_" + key.upper().replace(".", "_")}
    error = refused(some)
    assert (error.code, error.params["names"]) == ("settings_missing", key)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SELECTION_WEB_PROXY": ""}, "settings_tls_missing"),
        ({"SELECTION_WEB_PROXY": "kyllä"}, "settings_true_or_false"),
        ({"SELECTION_WEB_CERTIFICATE": "/a", "SELECTION_WEB_KEY": "/b"}, "settings_tls_twice"),
        ({"SELECTION_WEB_PROXY": "false", "SELECTION_WEB_CERTIFICATE": "/a"}, "settings_tls_missing"),
        (
            {"SELECTION_WEB_PROXY": "false", "SELECTION_WEB_CERTIFICATE": "/no/a", "SELECTION_WEB_KEY": "/no/b"},
            "settings_unreadable",
        ),
        ({"SELECTION_WEB_PUBLIC_URL": "http://kokoonpano.example"}, "settings_not_https"),
        ({"SELECTION_WEB_PUBLIC_URL": "https://city.example/kokoonpano"}, "settings_not_an_address"),
        ({"SELECTION_LOGIN_METADATA": "http://login.example/x"}, "settings_not_https"),
        (
            {
                "SELECTION_LOGIN_METADATA": "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"
            },
            "settings_every_directory",
        ),
        (
            {"SELECTION_LOGIN_METADATA": "https://login.microsoftonline.com/Organizations/v2.0/.well-known/x"},
            "settings_every_directory",
        ),
        ({"SELECTION_LOGIN_COOKIE_SECRET": "short"}, "settings_short_secret"),
        ({"SELECTION_LOGIN_CLIENT_SECRET_FILE": "/no/such"}, "settings_unreadable"),
        ({"SELECTION_SETTINGS": "/no/such.toml"}, "settings_unreadable"),
    ],
)
def test_what_is_not_safe_is_refused(changes: dict[str, str], code: str) -> None:
    assert refused(COMPLETE | changes).code == code


def test_a_file_and_the_environment_over_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("of-the-file\n")
    (tmp_path / "shared.toml").write_text(
        f"""[login]
metadata = "http://localhost:9/.well-known/openid-configuration"
client_id = "a"
client_secret_file = "{tmp_path / "secret"}"
cookie_secret = "{SECRET}"
contact = "rekisteri@example.org"
[web]
public_url = "https://kokoonpano.example:8443/"
proxy = true
"""
    )
    found = settings.shared({"SELECTION_SETTINGS": str(tmp_path / "shared.toml"), "SELECTION_LOGIN_CLIENT_ID": "b"})
    assert found is not None
    assert (found.client_id, found.client_secret, found.contact) == ("b", "of-the-file", "rekisteri@example.org")
    assert (found.public_url, found.host, found.port) == ("https://kokoonpano.example:8443", "kokoonpano.example", 8443)
    over = {"SELECTION_SETTINGS": str(tmp_path / "shared.toml"), "SELECTION_LOGIN_CLIENT_SECRET": "over"}
    said = settings.shared(over)
    assert said is not None and said.client_secret == "over"


@pytest.mark.parametrize(("text", "code"), [("[login]\nmetdata = 1", "settings_unknown"), ("[[", "settings_not_toml")])
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "shared.toml").write_text(text)
    assert refused({"SELECTION_SETTINGS": str(tmp_path / "shared.toml")}).code == code


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_the_machine_s_own_addresses_need_no_login(address: str) -> None:
    assert f"--server.address={address}" in server.command(address=address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.5", "kokoonpano.example", ""])
def test_any_other_address_needs_the_settings(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="address_needs_login"):
        server.command(address=address)
    assert f"--server.address={address}" in server.command(address=address, shared=settings.shared(COMPLETE))


def test_a_certificate_is_handed_to_the_server(tmp_path: Path) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("x")
    files = {"SELECTION_WEB_CERTIFICATE": "cert.pem", "SELECTION_WEB_KEY": "key.pem"}
    here = {name: str(tmp_path / file) for name, file in files.items()}
    command = server.command(address="0.0.0.0", shared=settings.shared(COMPLETE | {"SELECTION_WEB_PROXY": ""} | here))
    assert f"--server.sslCertFile={tmp_path / 'cert.pem'}" in command
    assert f"--server.sslKeyFile={tmp_path / 'key.pem'}" in command
    assert "--browser.serverAddress=kokoonpano.example" in command
