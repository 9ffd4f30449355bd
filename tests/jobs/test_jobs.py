"""Jobs: an answer or an end, whatever the work does, in each of the three ways in which a process comes about."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from selection import jobs
from selection.errors import FileError, RulesError
from selection.jobs import job as job_module
from selection.jobs import messages
from selection.jobs.processes import kind_of
from selection.jobs.work import NO_MEMORY
from selection.model.rules import Rules
from selection.texts import in_language

SMALL = jobs.Limits(seconds=20, processor=1, memory=150_000_000, answer=1_000_000)
SHORT = jobs.Limits(seconds=0.3)
HERE = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["forked", "fork server", "spawned"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A process of one thread, of several, and one that cannot fork."""
    if request.param == "forked":
        yield request.param
        return
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    if request.param == "spawned":
        monkeypatch.setattr(job_module.fork_server, "possible", lambda: False)
    yield request.param
    over.set()
    thread.join()


def ended(function: str, *arguments: object, limits: jobs.Limits = SMALL) -> str:
    with pytest.raises(jobs.JobEnded) as raised:
        jobs.run(function, *arguments, limits=limits)
    return raised.value.kind


def test_an_answer_comes_back(way: str) -> None:
    assert jobs.run("builtins:divmod", 17, 5) == (3, 2)
    assert isinstance(jobs.run("selection.model.rules_file:preset", "lahti-2021"), Rules)


def test_it_is_another_process(way: str) -> None:
    assert jobs.run("os:getpid") != os.getpid()
    assert jobs.run(jobs.inside) and not jobs.inside()


def test_an_error_of_the_package_crosses_whole(way: str) -> None:
    with pytest.raises(RulesError) as raised:
        jobs.run("selection.model.rules_file:preset", "nowhere")
    assert (raised.value.code, raised.value.params["found"]) == ("rules_unknown_preset", "nowhere")


def test_the_language_of_whoever_asks_goes_along(way: str) -> None:
    with in_language("sv"):
        assert jobs.run("selection.texts:language") == "sv"


def test_it_works_in_the_folder_of_whoever_asks(way: str, tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        assert jobs.run("os:getcwd", limits=SMALL) == os.getcwd()


def test_no_time_of_the_clock_beyond_the_limit(way: str) -> None:
    assert ended("time:sleep", 600, limits=SHORT) == "time"


def test_no_processor_beyond_the_limit(way: str) -> None:
    assert ended("builtins:pow", 9, 9**8) == "time"


def test_no_memory_beyond_the_limit(way: str) -> None:
    assert ended("operator:mul", "a", 10**9) == "memory"


def test_one_that_dies_is_an_end_and_not_a_crash(way: str) -> None:
    assert ended("os:abort") == "memory"  # how a library ends that is refused memory
    assert ended("os:_exit", 3) == "broken"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(-signal.SIGXCPU, "time"), (-signal.SIGKILL, "time"), (-signal.SIGABRT, "memory"), (NO_MEMORY, "memory")]
    + [(status, "broken") for status in (0, 1, 3, -signal.SIGSEGV, -signal.SIGILL, -signal.SIGFPE)],
)
def test_how_a_process_ended_says_why(status: int, kind: str) -> None:
    assert kind_of(status) == kind


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("time", "reader_timeout"),
        ("memory", "reader_memory"),
        ("answer", "reader_memory"),
        ("broken", "reader_broken"),
        ("lost", "reader_broken"),
    ],
)
def test_a_fault_of_the_program_is_not_told_as_a_limit_of_the_file(kind: str, code: str) -> None:
    with pytest.raises(FileError) as raised, jobs.named_limits(["hakemukset.xlsx"]):
        raise jobs.JobEnded(kind, 5)
    assert raised.value.code == code


def test_an_error_of_any_other_kind_is_told_without_its_text(way: str, caplog: pytest.LogCaptureFixture) -> None:
    assert ended("builtins:int", "Aino Virtanen") == "broken"
    assert "ValueError" in caplog.text and "Aino" not in caplog.text


def test_an_answer_over_the_limit_is_none(way: str) -> None:
    assert ended("operator:mul", "a", 5_000_000) == "answer"


def test_an_answer_that_is_more_than_values_is_none(way: str) -> None:
    assert ended("functools:partial", print) == "broken"


def test_no_file_is_written(way: str, tmp_path: Path) -> None:
    assert ended("shutil:copyfile", __file__, str(tmp_path / "x")) == "broken"
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").read_bytes()


def test_what_a_job_starts_ends_with_it(way: str) -> None:
    """A parser that itself starts a process: the sleep holds the pipe open, whose end is told when it has gone."""
    if way == "spawned":
        pytest.skip("no groups of processes where none can be forked")
    program = "import os, sys; os.open(sys.argv[1], os.O_WRONLY); os.execlp('sleep', 'sleep', '600')"
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "pipe"
        os.mkfifo(pipe)
        job = jobs.start("subprocess:run", [sys.executable, "-c", program, str(pipe)])
        with pipe.open("rb") as reading:  # waits until the process within the job has opened it
            job.stop()
            assert reading.read() == b""


def test_whoever_waits_may_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(BaseException):
        pass

    def look() -> None:
        raise Gone

    monkeypatch.setattr(job_module, "_look", look)
    with pytest.raises(Gone):
        jobs.run("time:sleep", 600)


def test_jobs_start_side_by_side_and_one_can_be_stopped() -> None:
    endless, quick = jobs.start("time:sleep", 600), jobs.start("builtins:len", "abc")
    assert quick.result() == 3
    endless.stop()
    with pytest.raises(jobs.JobEnded):
        endless.result()


def test_an_answer_calls_nothing() -> None:
    class Call:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    with pytest.raises(messages.NotPlain):
        messages.answer_in(pickle.dumps(("done", Call())))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("selection.jobs.processes", "subprocess.Popen"),  # by way of a module that one of ours imports
        ("selection.jobs.job", "Job"),  # our own, but it starts a process
        ("selection.jobs.messages", "pickle.Unpickler"),
        ("selection.intake.files", "Path"),
        ("selection.intake.results", "fields"),
    ],
)
def test_an_answer_holds_only_classes_of_values(module: str, name: str) -> None:
    content = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name)) + b"\x93."
    with pytest.raises((messages.NotPlain, AttributeError)):
        messages.answer_in(content)


def test_a_process_with_threads_is_never_forked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork server is one process for all jobs, and is started anew where it has died."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        first = jobs.run("os:getppid")
        assert first == jobs.run("os:getppid") != os.getpid()
        os.kill(first, 9)
        assert jobs.run("os:getppid") not in (first, os.getpid())
    finally:
        over.set()
        thread.join()


def test_nothing_is_left_when_the_server_is_killed() -> None:
    program = (
        "import threading, os, sys; from selection import jobs\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "print(jobs.run('os:getppid'), flush=True); jobs.start('time:sleep', 600); os.kill(os.getpid(), 9)"
    )
    ended_process = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True)
    server = int(ended_process.stdout)
    # The pipe of the output is held by nobody any more: the fork server and its job have ended too.
    for _ in range(1000):
        if not Path(f"/proc/{server}").exists() or "Z" in Path(f"/proc/{server}/stat").read_text("ascii").split()[2]:
            break
        os.sched_yield()
        subprocess.run(["true"], check=True)
    else:
        pytest.fail("the fork server outlives its server")
