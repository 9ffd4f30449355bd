"""Memory: how often Python looks for garbage. A round's thousands of small values would set it off many times over."""

from __future__ import annotations

import gc

from selection.intake import memo

#: Objects made before the youngest are looked through, and how many such looks before older ones are.
THRESHOLDS = (20_000, 20, 20)

_settled = False


def settle() -> None:
    """After a run: people's words that the reading of a file or of a field remembered are forgotten.

    Once in a process, after its first run: what was loaded by then is never looked through again.
    """
    global _settled
    memo.forget()
    if _settled:
        return
    _settled = True
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
