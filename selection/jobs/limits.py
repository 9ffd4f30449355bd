"""The limits of a job, and how a process puts them on itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take; over any of them its process is ended.

    Attributes
    ----------
    seconds
        Wall time from its start.
    processor
        Seconds of processor time.
    memory
        Bytes of address space beside what the process holds before the work.
    answer
        Bytes of the answer.
    """

    seconds: float = 20.0
    processor: int = 20
    memory: int = 1_000_000_000
    answer: int = 400_000_000


def bound(limits: Limits) -> None:
    """Put the limits on this process, where the system can; it also writes no files and leaves no core behind."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    wanted = (
        ("RLIMIT_AS", _address_space() + limits.memory),
        ("RLIMIT_CPU", limits.processor + int(_processor_used())),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    )
    for name, most in wanted:
        try:
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            resource.setrlimit(which, (most, most))
        except (AttributeError, ValueError, OSError):
            continue


def _address_space() -> int:
    """Bytes of address space that this process holds now: what it was forked with, and is not the work's."""
    try:
        import resource

        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError, IndexError):
        return 1_000_000_000


def _processor_used() -> float:
    """Seconds of processor time that this process has used: of a forked one nearly none."""
    import time

    return time.process_time()
