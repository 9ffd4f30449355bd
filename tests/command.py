"""The commands as a person types them: in this process, which is quicker, or in one of their own."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from selection import cli
from selection.commands import propose


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, in this process alone. What nobody catches is raised here, where a traceback would be."""
    typed = list(map(str, arguments))
    out, err, status = io.StringIO(), io.StringIO(), 0
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", ["selection", *typed]),
        mock.patch.object(propose, "processes", lambda: ThreadPoolExecutor(1)),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return subprocess.CompletedProcess(typed, status, out.getvalue(), err.getvalue())


def run_alone(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as its user does."""
    command = [sys.executable, "-c", "from selection.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)
