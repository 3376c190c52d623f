"""How a command ends before its time: someone interrupts it, or whoever reads it leaves."""

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from simulation import problems, words

RAISE = "BLANDETBY_RAISE"  # set to see where a failure of the program comes from
INTERRUPTED = 130
# The machine's doing, or that of whoever has put a folder where a file is to be, or a file for a folder; not the program's.
DISK = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.EEXIST, errno.ENOTDIR, errno.EISDIR)
GRACE = 5.0  # seconds to put away what is in hand; code that is being loaded may also swallow an interrupt altogether
SHOW_CURSOR = "\x1b[?25h"


@contextmanager
def heeded(say: Callable[[], str]) -> Iterator[None]:
    """Let an interrupt end the program: in good order at first, at once after `GRACE` or with the next, saying what `say` returns."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # interrupts are someone else's here
        return
    timers: list[threading.Timer] = []

    def leave() -> None:
        with suppress(Exception):
            sys.stderr.write((SHOW_CURSOR if sys.stderr.isatty() else "") + say() + "\n")
            sys.stderr.flush()
        os._exit(INTERRUPTED)

    def hear(number: int, frame: FrameType | None) -> None:
        if timers:
            leave()
        timers.append(threading.Timer(GRACE, leave))
        timers[0].daemon = True
        timers[0].start()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for timer in timers:
            timer.cancel()


def was_interrupted(error: BaseException | None) -> bool:
    """Tell whether an interrupt lies behind a failure: what was being loaded may have turned it into another."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def let_go() -> None:
    """Send what is still to be said nowhere: whoever read us has left, and Python would complain at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def failed(error: Exception, lang: str) -> int:
    """Tell of a failure of the program, and return its exit status."""
    if was_interrupted(error):
        return INTERRUPTED
    if os.environ.get(RAISE):
        raise error
    if type(error).__name__ == "WorkersLostError":  # by its name: who made it has loaded it
        sys.stderr.write(words.say("cli.failure.workers_lost", lang) + "\n")
    elif isinstance(error, OSError) and error.errno in DISK:
        told = words.say("cli.failure.disk", lang, path=error.filename2 or error.filename or "", told=problems.told(error.strerror, lang))
        sys.stderr.write(told.lstrip(": ") + "\n")
        let_go()  # what could not be written would be tried again at Python's end
    else:
        said = words.say("cli.failure.ours", lang, kind=type(error).__name__, text=error, variable=RAISE)
        sys.stderr.write(said + "\n")
    return 1
