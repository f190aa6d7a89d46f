"""Finds cells whose results hold only for the process, the folder and the moment in which they ran.

A clock read before a fork is older behind it than in a kernel of its own; a process id or the path of
the working folder is another one. Neither can be seen in memory afterwards, so the text of the cell
decides, and a word too many costs only time: such a cell runs for each submission.
"""

from __future__ import annotations

import re

WORDS: dict[str, str] = {
    "the clock": (
        r"\btime\s*\(\)|\btime\.(?:time|localtime|gmtime|ctime|asctime|strftime)\b|\bfrom\s+time\s+import\b"
        r"|\b(?:time|perf_counter|monotonic|process_time|thread_time)_ns\b"
        r"|\b(?:perf_counter|monotonic|process_time|thread_time|getrusage)\b"
        r"|\.(?:now|utcnow|today)\b|\b(?:now|utcnow|today)\s*\(|[\"'](?:now|today)[\"']"
    ),
    "the process": (
        r"\b(?:getpid|getppid|getpgid|getsid|get_native_id|current_process|psutil|setitimer|alarm)\b|/proc\b"
        r"|\b(?:getuid|geteuid|getgid|getuser|getlogin|getrlimit)\b"
    ),
    "the folder": (
        r"\b(?:getcwd|cwd|pwd|chdir|abspath|realpath|resolve|absolute|expanduser|expandvars|tempfile|HOME|TMPDIR)\b"
        r"|\bhome\s*\(|\b__file__\b|(?m:^\s*|[%!]\s*)cd\b"
    ),
}
# Behind a fork of a student's process, the sandbox keeps modes and times of files as they are.
MODES = re.compile(r"\b(?:chmod|chown|utime|touch|copystat|copy2|copytree|extractall|unpack_archive)\b")
_PATTERNS = {what: re.compile(pattern) for what, pattern in WORDS.items()}


def bound_to(code: str) -> str:
    """What of its own process a cell asks for, such as "the clock"; empty if nothing."""
    return next((what for what, pattern in _PATTERNS.items() if pattern.search(code)), "")


def sets_modes(code: str) -> bool:
    """Whether a cell may set the mode or the time of a file."""
    return bool(MODES.search(code))
