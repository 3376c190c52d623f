"""Figures drawn beside the rest are the figures drawn here, in the same order, with slides where they are wanted."""

import time
from functools import partial

import pytest
import report_frames

from simulation.report.drawing import drawn_beside
from simulation.report.figures import draw_all, drawings
from simulation.report.panels import Sheet

GIVEN = (report_frames.published(), Sheet("en", "0123456789ab", report_frames.AREAS))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_bytes_by_any_number_of_processes(workers):
    frames = report_frames.frames()
    here = draw_all(frames, *GIVEN)
    with drawn_beside(drawings(frames, *GIVEN), slides=False, workers=workers) as drawn:
        beside = drawn()
    told = [[(one.name, one.group, one.area, one.alt, one.svg, one.png) for one in pictures] for pictures in (here, beside)]
    assert told[0] == told[1]


def test_slides_are_drawn_where_they_are_wanted():
    first = next(drawings(report_frames.frames(), *GIVEN))
    here = draw_all(report_frames.frames(), *GIVEN)[0].slide()
    for wanted in (True, False):
        with drawn_beside([first, first], slides=wanted, workers=2) as drawn:
            assert [one.slide() for one in drawn()] == 2 * [here if wanted else b""]


def test_what_goes_wrong_beside_is_told_here():
    with drawn_beside([_broken, _broken], slides=False, workers=2) as drawn, pytest.raises(ZeroDivisionError):
        drawn()


def _broken():
    return 1 / 0


def test_nothing_more_is_drawn_once_the_rest_has_failed(tmp_path):
    with pytest.raises(InterruptedError), drawn_beside([partial(_noted, tmp_path, at) for at in range(40)], slides=False, workers=1):
        raise InterruptedError
    assert len(list(tmp_path.iterdir())) < 20


def _noted(folder, at):
    (folder / str(at)).touch()
    time.sleep(0.05)
    return next(drawings(report_frames.frames(), *GIVEN))()
