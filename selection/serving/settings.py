"""Settings of shared use: the login's provider, TLS and the public address, from the environment and one TOML file.

Alone on one machine there is none. Each setting is a key of the file that ``SELECTION_SETTINGS`` names
(``login.metadata``) or a variable of the environment (``SELECTION_LOGIN_METADATA``), which wins. A secret may stand in
a file of its own, named by the same with ``_file`` at its end. As soon as one is set, all that are needed must be.
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selection.errors import SettingsError

FILE = "SELECTION_SETTINGS"
SECRETS = ("login.client_secret", "login.cookie_secret")
#: All settings; those of :data:`NEEDED` have no default.
KEYS = (
    "login.metadata",
    "login.client_id",
    *SECRETS,
    "login.prompt",
    "login.administrator",
    "login.contact",
    "web.public_url",
    "web.certificate",
    "web.key",
    "web.proxy",
)
#: Tenants of Microsoft's that are no directory of one organisation: whoever has any account would be let in.
EVERYBODY = ("common", "organizations", "consumers")
NEEDED = ("login.metadata", "login.client_id", *SECRETS, "web.public_url")
#: Characters of the secret that signs cookies.
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Shared:
    """Complete settings of shared use.

    Attributes
    ----------
    metadata
        Address of the provider's OpenID configuration.
    prompt
        What the provider is asked to do: ``select_account``, ``login``, …
    administrator
        ``sub`` of the one who becomes the first administrator by signing in; empty: by ``selection user``.
    contact
        Whom to ask for a role, as shown to those who have none.
    public_url
        Where browsers reach the app: ``https://`` and a host, no path.
    certificate, key
        Files of TLS, ``None`` where a proxy in front ends it.
    """

    metadata: str
    client_id: str
    public_url: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)
    prompt: str
    administrator: str
    contact: str
    certificate: Path | None
    key: Path | None

    @property
    def host(self) -> str:
        """The public host, without a port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def port(self) -> int:
        """The public port."""
        return urlsplit(self.public_url).port or 443

    def secrets(self) -> dict[str, Any]:
        """What the framework's login needs. PKCE is asked for, also where the provider does not announce it."""
        return {
            "auth": {
                "redirect_uri": f"{self.public_url}/oauth2callback",
                "cookie_secret": self.cookie_secret,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "server_metadata_url": self.metadata,
                "client_kwargs": {
                    "scope": "openid profile email",
                    "prompt": self.prompt,
                    "code_challenge_method": "S256",
                },
            }
        }


def shared(environment: Mapping[str, str] | None = None) -> Shared | None:
    """The settings of shared use; ``None`` where there are none at all.

    Raises
    ------
    SettingsError
        if there are some, but not all that are needed, or they are not safe.
    """
    found = _found(os.environ if environment is None else environment)
    if not found:
        return None
    missing = [key for key in NEEDED if not found.get(key)]
    if missing:
        raise SettingsError("settings_missing", names=", ".join(missing))
    public_url = _https("web.public_url", found["web.public_url"]).rstrip("/")
    if urlsplit(public_url).path or urlsplit(public_url).query:
        raise SettingsError("settings_not_an_address", name="web.public_url")
    if len(found["login.cookie_secret"]) < SHORTEST_SECRET:
        raise SettingsError("settings_short_secret", name="login.cookie_secret", least=SHORTEST_SECRET)
    if any(f"/{name}/" in found["login.metadata"].casefold() for name in EVERYBODY):
        raise SettingsError("settings_every_directory", name="login.metadata")
    certificate, key = _tls(found)
    return Shared(
        metadata=_https("login.metadata", found["login.metadata"], loopback=True),
        client_id=found["login.client_id"],
        client_secret=found["login.client_secret"],
        cookie_secret=found["login.cookie_secret"],
        prompt=found.get("login.prompt", "select_account"),
        administrator=found.get("login.administrator", ""),
        contact=found.get("login.contact", ""),
        public_url=public_url,
        certificate=certificate,
        key=key,
    )


@lru_cache(maxsize=1)
def current() -> Shared | None:
    """The settings that this process was started with."""
    return shared()


def is_own(address: str) -> bool:
    """Whether an address is the machine's own, where nobody else comes in."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _found(environment: Mapping[str, str]) -> dict[str, str]:
    """All settings that are there, secrets read from their files."""
    names = [*KEYS, *(f"{key}_file" for key in SECRETS)]
    found = _of_file(environment[FILE], names) if environment.get(FILE) else {}
    for name in names:
        value = environment.get("SELECTION_" + name.upper().replace(".", "_"), "").strip()
        if value:
            found[name] = value
            # What the environment says of a secret, either way, takes the place of what the file says.
            found.pop(name.removesuffix("_file") if name.endswith("_file") else f"{name}_file", None)
    for key in SECRETS:
        path = found.pop(f"{key}_file", None)
        if path is not None:
            found[key] = _read(f"{key}_file", path).strip()
    return found


def _of_file(path: str, names: list[str]) -> dict[str, str]:
    try:
        content = tomllib.loads(_read(FILE, path))
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, brackets within brackets
        raise SettingsError("settings_not_toml", file=Path(path).name, reason=str(error)) from None
    found = {}
    for part, table in content.items():
        values = table if isinstance(table, dict) else {"": table}
        for key, value in values.items():
            name = f"{part}.{key}".rstrip(".")
            if name not in names:
                raise SettingsError("settings_unknown", file=Path(path).name, name=name, known=", ".join(KEYS))
            found[name] = str(value).lower() if isinstance(value, bool) else str(value).strip()
    return {name: value for name, value in found.items() if value}


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise SettingsError("settings_unreadable", name=name, file=path) from None


def _https(name: str, address: str, *, loopback: bool = False) -> str:
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (loopback and parts.scheme == "http" and is_own(parts.hostname or ""))
    if not safe or not parts.hostname:
        raise SettingsError("settings_not_https", name=name)
    return address


def _tls(found: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    """The certificate and its key, or neither where a proxy is said to be in front."""
    proxy = found.get("web.proxy", "false").lower()
    if proxy not in ("true", "false"):
        raise SettingsError("settings_true_or_false", name="web.proxy")
    files = [found.get("web.certificate"), found.get("web.key")]
    if proxy == "true":
        if any(files):
            raise SettingsError("settings_tls_twice")
        return None, None
    if not all(files):
        raise SettingsError("settings_tls_missing")
    for name, path in zip(("web.certificate", "web.key"), files, strict=True):
        _read(name, path or "")
    return Path(files[0] or ""), Path(files[1] or "")
