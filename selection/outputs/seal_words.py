"""Whether the draw was sealed, in words: the same wherever a lot is told of."""

from __future__ import annotations

from typing import Any

from selection.model.pool import Pool
from selection.texts import text


def sealed_words(pool: Pool) -> str:
    """That the draw was not sealed, or under which seal and with which numbers."""
    if pool.seal is None:
        return text("seal.none")
    numbers = "; ".join(f"{name}: {said}" for name, said in pool.seal.drawings)
    return text("seal.made", root=pool.seal.root, numbers=numbers)


def seal_json(pool: Pool) -> dict[str, Any] | None:
    """The seal in a result's JSON; ``None`` where the draw was not sealed."""
    if pool.seal is None:
        return None
    return {"root": pool.seal.root, "drawn": [list(one) for one in pool.seal.drawings]}
