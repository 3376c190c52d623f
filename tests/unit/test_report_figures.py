"""Figures tell what the frames hold, in the same bytes each time, in colours that everybody can tell apart."""

import re
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
import report_frames

from simulation.report.figures import CURVES, STACK, curve_rows, draw_all, stack_of
from simulation.report.paces import demolition_pace
from simulation.report.panels import Sheet
from simulation.report.published import published_points
from simulation.report.scales import NAME_HEIGHT, SIGN_WIDTH, room_for_name, scales_of
from simulation.report.style import COLOURS

RUN_ID = "0123456789ab"
YEARS = np.arange(2019.0, 2031.0)


def draw(frames, lang="en"):
    return draw_all(frames, report_frames.published(), Sheet(lang, RUN_ID, report_frames.AREAS))


@pytest.fixture(scope="module")
def pictures():
    return draw(report_frames.frames())


def test_every_criterion_of_every_area_is_drawn(pictures):
    names = {picture.name for picture in pictures}
    assert names >= {f"{indicator}_{area}" for indicator in CURVES for area in report_frames.AREAS}
    assert names >= {"categories_storby", "categories_lilleby", "demolition_storby", "building_storby"}
    assert not names & {"demolition_lilleby", "building_lilleby"}  # nothing is demolished or built there


def test_each_panel_names_limit_interval_and_run(pictures):
    for picture in pictures:
        assert "Projection, not a measurement" in picture.svg and RUN_ID in picture.svg
        assert picture.png.startswith(b"\x89PNG")
    outside = next(picture for picture in pictures if picture.name == "outside_labour_market_storby")
    assert ">limit 40<" in outside.svg and "44.0 (42.4 to 45.6) on the list of 2030" in outside.alt
    assert "○ published, other boundary" in outside.svg


def one(frames):
    return draw({**frames, "summary": frames["summary"].query("area == 'storby' and indicator == 'convicted'")})[0]


def test_the_same_frames_give_the_same_bytes_and_others_do_not():
    frames = report_frames.frames()
    first, again = one(frames), one(frames)
    assert (first.svg, first.png) == (again.svg, again.png)
    changed = one({**frames, "summary": frames["summary"].assign(p50=lambda table: table["p50"] + 0.3)})
    assert changed.svg != first.svg and changed.png != first.png


def test_panels_share_a_page_without_disturbing_each_other(pictures):
    page = "".join(picture.svg for picture in pictures)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"(?:url\(#|xlink:href=\"#)([^)\"]+)", page)) <= set(ids)
    assert "<style" not in page and "<metadata" not in page and "DejaVu" not in page


def test_every_colour_of_a_panel_is_a_name_of_the_style_sheet(pictures):
    for picture in pictures:
        assert set(re.findall(r"#[0-9a-f]{6}", picture.svg)) <= {"#000000"}, picture.name


def themes():
    css = files("simulation.report").joinpath("page", "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    return [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in blocks]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one_colour, other):
    low, high = sorted((luminance(one_colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_page_knows_every_colour_and_prints_in_those_of_the_files():
    light, dark = themes()
    assert {name: light[name] for name in COLOURS} == COLOURS
    assert dark.keys() >= COLOURS.keys()


@pytest.mark.parametrize("theme", [0, 1])
def test_text_lines_and_limits_stand_out_from_the_page(theme):
    colours = themes()[theme]
    for name in ("ink", "muted", "line", "limit"):
        assert contrast(colours[name], colours["page"]) >= 4.5, name
    assert contrast(colours["rule"], colours["page"]) < 4.5  # the measure can fail


@pytest.mark.parametrize("theme", [0, 1])
def test_categories_differ_in_lightness_alone(theme):
    """Whoever sees no hue at all still tells neighbours apart; "none" stands aside in blue."""
    ramp = [luminance(themes()[theme][name]) for name in STACK[1:]]
    assert all(lighter > 1.25 * darker for lighter, darker in zip(ramp, ramp[1:], strict=False))


def test_older_names_of_a_category_are_stacked_with_the_newer():
    rows = [("a", 2019, "hard_ghetto", 0.7), ("a", 2019, "none", 0.3), ("a", 2021, "conversion", 0.4), ("a", 2021, "parallel_society", 0.6)]
    shares = stack_of(pd.DataFrame(rows, columns=["area", "list_year", "category", "probability"]), "a")
    assert shares.to_dict("index") == {
        2019: {"none": 0.3, "parallel": 0.0, "conversion": 0.7},
        2021: {"none": 0.0, "parallel": 0.6, "conversion": 0.4},
    }


def test_the_pace_adds_up_departments_and_years():
    rows = [(draw, 0, "a", department, year, change, count) for draw in (0, 1) for department, year, change, count in (
        ("x", 2020, "planned", 10), ("y", 2021, "planned", 20), ("x", 2021, "demolished", 10), ("y", 2022, "demolished", 20 * draw),
    )]  # fmt: skip
    homes = pd.DataFrame(rows, columns=["draw", "replicate", "area", "department", "year", "change", "dwellings"])
    pace = demolition_pace(homes, "a").set_index("year")
    assert pace["planned"].to_dict() == {2020: 10, 2021: 30, 2022: 30}
    assert pace["mean"].to_dict() == {2020: 0, 2021: 10, 2022: 20}  # the mean of 10 and 30
    assert demolition_pace(homes, "b").empty


def test_a_curve_without_values_is_left_out():
    summary = report_frames.summary()
    summary.loc[summary["indicator"] == "mean_income", "p50"] = float("nan")
    assert curve_rows(summary, "storby", "mean_income").empty
    assert not curve_rows(summary, "storby", "convicted").empty


def test_a_share_that_no_limit_binds_is_left_out():
    summary = report_frames.summary()
    assert not curve_rows(summary, "lilleby", "social_family_share").empty
    summary.loc[summary["area"] == "lilleby", "threshold"] = float("nan")
    assert curve_rows(summary, "lilleby", "social_family_share").empty
    assert not curve_rows(summary, "lilleby", "residents").empty


def crossing(name, years, heights):
    """Return whether a name, as it is placed beside a limit at 50, is written over another line."""
    limit, scales = (YEARS, np.full(len(YEARS), 50.0)), scales_of((2019, 2030), np.array([0.0, 100.0]), 12)
    place = room_for_name(name, limit, [(years, heights)], scales)
    span = np.linspace(place["x"], place["x"] + SIGN_WIDTH * len(name) * (scales.years[1] - scales.years[0]), 30)
    low, high = (50.0, 50.0 + 100 * NAME_HEIGHT) if place["va"] == "bottom" else (50.0 - 100 * NAME_HEIGHT, 50.0)
    there = np.interp(span, years, heights)
    return bool(((there > low) & (there < high)).any())


@pytest.mark.parametrize("end", [10.0, 30.0, 52.0, 54.0, 70.0, 90.0])
@pytest.mark.parametrize("start", [10.0, 48.0, 52.0, 90.0])
def test_the_name_of_a_limit_is_written_over_no_line(start, end):
    assert not crossing("limit 50", YEARS, np.linspace(start, end, len(YEARS)))


def test_where_lines_are_everywhere_a_name_must_cross_one():
    zigzag = np.where(np.arange(600) % 2, 60.0, 40.0)
    assert crossing("limit 50", np.linspace(2019, 2030, 600), zigzag)


def test_published_values_compare_only_within_one_boundary_and_definition(tmp_path):
    rows = [
        "Storby,2015,,51.9,2.8,,,,nine",
        "Storby,2017,,52.5,2.9,,,,six",
        "Storby,2019,7750,49.5,2.70,,,,six",
        "Elsewhere,2019,1,1,1,,,,six",
    ]
    path = tmp_path / "published.csv"
    path.write_text("\n".join([report_frames.PUBLISHED, *rows]) + "\n")
    points = published_points(path, report_frames.AREAS, 2019).set_index(["indicator", "list_year"])["comparable"]
    assert points.to_dict() == {
        ("outside_labour_market", 2015): False,  # another boundary
        ("outside_labour_market", 2017): True,
        ("outside_labour_market", 2019): True,
        ("convicted", 2015): False,
        ("convicted", 2017): False,  # another limit, so another definition
        ("convicted", 2019): True,
        ("residents", 2019): True,
    }
