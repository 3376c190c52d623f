"""What a waiting person sees: progress to a terminal alone, and what went wrong and is mended."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simulation import words

SOON = 3.0  # seconds before which no rate is told: workers are still beginning


class Pace:
    """How fast members are made, by those made since the first call; what was there before says nothing of it."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None

    def after(self, done: int, total: int, now: float) -> tuple[float, float] | None:
        """Return members a second and seconds left; None as long as that cannot be said. `now`: seconds of any clock."""
        if self._begun is None:
            self._begun = now, done
        seconds, made = now - self._begun[0], done - self._begun[1]
        return (made / seconds, (total - done) * seconds / made) if made and seconds >= SOON else None


class Watch:
    """Tell of a run on standard error; nothing where it is quiet."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self._lang, self._quiet = lang, quiet
        self._bar: Any = None
        self._task: Any = None
        self._pace = Pace()

    def progress(self, done: int, total: int) -> None:
        """Show members done, how fast they come, and the time left; nothing where standard error is not a terminal."""
        if self._quiet or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task(words.say("cli.run.progress", self._lang), total=total, pace="")
        self._bar.update(self._task, completed=done, total=total, pace=self._told(self._pace.after(done, total, time.monotonic())))

    def _told(self, pace: tuple[float, float] | None) -> str:
        if pace is None:
            return ""
        rate, left = pace
        minutes, seconds = divmod(round(left), 60)
        told = {"rate": words.number(rate, self._lang, 1)}, {"time": f"{minutes}:{seconds:02d}"}
        return ", ".join(words.say(f"cli.run.{name}", self._lang, **values) for name, values in zip(("rate", "left"), told, strict=True))

    def notice(self, code: str, values: dict[str, object]) -> None:
        """Say in one line what went wrong and is mended."""
        if not self._quiet:
            sys.stderr.write(words.say(f"cli.run.{code}", self._lang, **values) + "\n")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.fields[pace]}"))
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def watching(lang: str, quiet: bool) -> Iterator[Watch]:
    """Watch a run, and take the bar away however it ends."""
    watch = Watch(lang, quiet)
    try:
        yield watch
    finally:
        watch.close()
