"""Lines, bars and limits that must be told apart are so to readers without red or green cones too, on light pages and on dark ones."""

import re
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pytest

from simulation.decisions.panels import BASE, OTHERS
from simulation.report.figures import STACK
from simulation.report.style import PART_COLOURS

LEAST = 14.0  # CIE 1976 difference; 2 can be seen side by side, lines and bars lie apart
# Machado, Oliveira and Fernandes 2009, severity 1: linear RGB as such a reader sees it.
SEEN = {
    "all cones": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
APART = {
    "scenarios": list(combinations((BASE, *OTHERS), 2)),
    "curve": [("line", "limit"), ("line", "band"), ("band", "limit"), ("ink", "line"), ("ink", "limit"), ("line", "plan")],
    "categories": [*pairwise(STACK), *(("none", name) for name in STACK[1:])],
    "parts": list(pairwise(PART_COLOURS)),
}


def themes():
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    return [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in blocks]


def linear(colour):
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    light = TO_XYZ @ np.clip(rgb, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(light > (6 / 29) ** 3, np.cbrt(light), light * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one, other, sight):
    return float(np.linalg.norm(lab(SEEN[sight] @ linear(one)) - lab(SEEN[sight] @ linear(other))))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize("figure", APART)
def test_what_stands_together_is_told_apart(theme, sight, figure):
    colours = themes()[theme]
    found = {pair: difference(colours[pair[0]], colours[pair[1]], sight) for pair in APART[figure]}
    assert {pair: round(far, 1) for pair, far in found.items() if far < LEAST} == {}


def test_the_measure_finds_what_only_all_cones_tell_apart():
    """A red and a green of one lightness, and the blue and the violet that once stood for two scenarios."""
    for one, other in (("#b8402a", "#5f7a1c"), ("#0067a5", "#7b4fa3")):
        assert difference(one, other, "all cones") > 30
        assert min(difference(one, other, sight) for sight in SEEN) < LEAST


def test_black_and_white_are_as_far_apart_as_can_be():
    assert all(abs(difference("#000000", "#ffffff", sight) - 100) < 0.5 for sight in SEEN)
