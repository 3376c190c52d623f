"""Figures drawn by other processes, while this one writes what needs none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import matplotlib as mpl

from simulation.report.style import Picture, style
from simulation.workers.feed import Feed
from simulation.workers.local import Pool

Drawing = Callable[[], Picture]
Drawn = Callable[[], Sequence[Picture]]
MOST = 4  # processes: each loads the library before it draws


@contextmanager
def drawn_beside(drawings: Iterable[Drawing], *, slides: bool, workers: int) -> Iterator[Drawn]:
    """Begin to draw figures, and give what waits for them; they come in the order of the drawings, with slides where asked for."""
    todo = list(drawings)
    feed = Feed(range(len(todo)))
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(_all_drawn, todo, feed, slides, workers).result
        except BaseException:
            feed.drop()  # nobody waits for the rest
            raise


def _all_drawn(drawings: Sequence[Drawing], feed: Feed, slides: bool, workers: int) -> list[Picture]:
    drawn: dict[int, Picture] = {}
    Pool(min(workers, MOST)).run(partial(_draw, drawings, slides), feed, drawn.__setitem__, lambda jobs: None)
    return [drawn[at] for at in sorted(drawn)]


def _draw(drawings: Sequence[Drawing], slides: bool, at: int) -> Picture:
    """Draw one figure, with all its files: what is still to be drawn cannot be sent back."""
    with mpl.rc_context(style()):
        picture = drawings[at]()
        return replace(picture, slide=partial(bytes, picture.slide() if slides else b""))
