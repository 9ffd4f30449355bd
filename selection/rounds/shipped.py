"""Files that come with the program beside its code: the sample's workbook and the guide.

A wheel holds them in the package (``[tool.hatch.build.targets.wheel.force-include]`` of ``pyproject.toml``); in a
checkout they stand where people look for them.
"""

from __future__ import annotations

from pathlib import Path

from selection.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]
SAMPLE = "sample_applications.xlsx"
GUIDE = "opas.md"
#: Each file's places, the first that is there: in the package, in a checkout.
PLACES = {
    SAMPLE: (_PACKAGE / "data" / SAMPLE, _PACKAGE.parent / SAMPLE),
    GUIDE: (_PACKAGE / "data" / GUIDE, _PACKAGE.parent / "docs" / GUIDE),
}


def path_of(name: str) -> Path:
    """Where a file is.

    Raises
    ------
    InputError
        ``not_shipped`` if this installation lacks it.
    """
    for place in PLACES[name]:
        if place.is_file():
            return place
    raise InputError("not_shipped", file=name)
