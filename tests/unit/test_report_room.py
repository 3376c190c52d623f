"""The words of a figure lie within it and over no other word, at print size and on a slide, in both languages, with long names."""

import io
from itertools import combinations

import matplotlib.image
import numpy as np
import pytest
import report_frames

from simulation.report.board import Board, balanced
from simulation.report.figures import draw_all
from simulation.report.panels import Sheet, picture_of
from simulation.report.style import SIZE_INCHES, SLIDE_DPI, SLIDE_INCHES, files_of

LONG = {"storby": "Kertemindevejkvarteret", "lilleby": "Risingsbakkekvarteret"}
SIZES = {"print": SIZE_INCHES, "slide": tuple(SIZE_INCHES[1] * inches / SLIDE_INCHES[1] for inches in SLIDE_INCHES)}
TOUCH = 1.0  # pixels that two boxes of words may share: they are the fonts' own, with room above and below


def pictures(lang):
    return draw_all(report_frames.frames(), report_frames.published(), Sheet(lang, "0123456789ab", LONG))


def boxes(picture, size):
    """Return the box of every word of a figure in pixels, and the figure's own."""
    figure = picture.slide.args[0]
    figure.set_size_inches(*size)
    renderer = figure.canvas.get_renderer()
    found = {text.get_text(): text.get_window_extent(renderer) for text in figure.texts if text.get_text()}
    return found, figure.bbox


def faults(picture, size):
    found, panel = boxes(picture, size)
    inside = [text for text, box in found.items() if box.x0 < -1 or box.y0 < -1 or box.x1 > panel.x1 + 1 or box.y1 > panel.y1 + 1]
    over = [pair for pair in combinations(found, 2) if touch(*(found[text] for text in pair))]
    return [*inside, *over]


def touch(one, other):
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > TOUCH and high > TOUCH


@pytest.mark.parametrize("lang", ["en", "da"])
def test_no_word_is_cut_or_lies_over_another(lang):
    drawn = pictures(lang)
    assert len(drawn) > 15
    assert {(one.name, size): found for one in drawn for size in SIZES if (found := faults(one, SIZES[size]))} == {}


def test_the_search_finds_what_is_cut_and_what_lies_over_another():
    board = Board("A title", "and what it shows", "")
    board.text(1.0, 0.5, "far too long a name for what is left at the side", 9)
    board.text(0.5, 0.5, "one", 9)
    board.text(0.51, 0.5, "other", 9)
    found = faults(picture_of(board, "a", "b", "c", "d"), SIZE_INCHES)
    assert found == ["far too long a name for what is left at the side", ("one", "other")]


def test_a_slide_is_as_large_as_a_slide_and_drawn_only_when_asked_for(tmp_path):
    drawn = pictures("en")[:1]
    assert list(files_of(drawn, tmp_path, slides=False)) == [tmp_path / "figures" / f"{drawn[0].name}.png"]
    both = files_of(drawn, tmp_path, slides=True)
    slide = both[tmp_path / "figures" / "slides" / f"{drawn[0].name}.png"]
    high, wide, _ = matplotlib.image.imread(io.BytesIO(slide)).shape
    assert (wide, high) == tuple(round(SLIDE_DPI * inches) for inches in SLIDE_INCHES)
    assert drawn[0].slide() == slide  # the same bytes each time
    again = pictures("en")[0]
    assert again.png == drawn[0].png


def test_lines_of_a_text_are_about_as_long_as_each_other():
    assert balanced("a short one", 40) == ["a short one"]
    lines = balanced("Kertemindevejkvarteret; persons in the year; below the line: who goes", 66)
    assert len(lines) == 2 and np.ptp([len(line) for line in lines]) < 15
