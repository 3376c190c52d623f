"""What a waiting person sees: progress to a terminal alone, and what went wrong and is mended."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simulation import words


class Watch:
    """Tell of a run on standard error; nothing where it is quiet."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self._lang, self._quiet = lang, quiet
        self._bar: Any = None
        self._task: Any = None

    def progress(self, done: int, total: int) -> None:
        """Show how many members of how many are done; nothing where standard error is not a terminal."""
        if self._quiet or not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task(words.say("cli.run.progress", self._lang), total=total)
        self._bar.update(self._task, completed=done)

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

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def watching(lang: str, quiet: bool) -> Iterator[Watch]:
    """Watch a run, and take the bar away however it ends."""
    watch = Watch(lang, quiet)
    try:
        yield watch
    finally:
        watch.close()
