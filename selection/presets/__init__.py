"""The presets: rules files shipped with the product."""

from __future__ import annotations

from importlib import resources


def preset_names() -> tuple[str, ...]:
    """Names of the complete presets, oldest first."""
    found = (path.name.removesuffix(".toml") for path in resources.files(__name__).iterdir())
    return tuple(sorted(name for name in found if name.startswith("lahti-2")))


def preset_text(name: str) -> str | None:
    """The TOML text of a preset (or of a preset of areas); ``None`` if there is none of that name."""
    if not name.replace("-", "").isalnum():
        return None
    path = resources.files(__name__) / f"{name}.toml"
    return path.read_text("utf-8") if path.is_file() else None
