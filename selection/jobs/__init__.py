"""Jobs: work on what strangers wrote, in child processes with limits on time, processor, memory and answer.

A parser is never called on a file from outside in the process that answers people: :func:`run` names the function,
gives it plain arguments, and waits for its answer or its end. What runs here knows nothing of what it runs.
"""

from selection.jobs.files import named_limits
from selection.jobs.fork_server import warm
from selection.jobs.job import Job, JobEnded, on_waiting, run, start
from selection.jobs.limits import Limits
from selection.jobs.work import inside

__all__ = ["Job", "JobEnded", "Limits", "inside", "named_limits", "on_waiting", "run", "start", "warm"]
