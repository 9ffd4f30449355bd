"""The presets: rules files shipped with the product."""

from __future__ import annotations

from importlib import resources

#: How the files end that hold the areas of a city, which its rounds share.
AREAS = "-areas.toml"


def preset_names() -> tuple[str, ...]:
    """Names of the complete presets, by city and year: every rules file here that is not a city's areas alone."""
    found = (path.name for path in resources.files(__name__).iterdir())
    return tuple(
        sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml") and not name.endswith(AREAS))
    )


def preset_text(name: str) -> str | None:
    """The TOML text of a preset (or of a preset of areas); ``None`` if there is none of that name."""
    if not name.replace("-", "").isalnum():
        return None
    path = resources.files(__name__) / f"{name}.toml"
    return path.read_text("utf-8") if path.is_file() else None
