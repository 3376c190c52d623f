"""The split of a change: exact, and by how newcomers differ rather than by how many they are."""

import numpy as np
import pytest

from simulation.indicators.decomposition import decomposition_frame, parts
from simulation.indicators.measures import measure
from simulation.indicators.results import summary_frame
from simulation.indicators.setting import setting_of
from tests.unit import ensembles


def split(before, after, *sources):
    return parts(np.array(before, float), np.array(after, float), np.array(sources, float))


def test_parts_sum_to_the_change_of_the_ratio():
    before, sources = (500, 1000), [(40, 300), (-90, -200), (-25, 0), (10, 20)]
    after = tuple(np.add(before, np.sum(sources, axis=0)))
    found = split(before, after, *sources)
    assert found.sum() == pytest.approx(after[0] / after[1] - before[0] / before[1], abs=1e-15)


def test_newcomers_like_those_who_live_there_change_nothing():
    assert split((500, 1000), (600, 1200), (100, 200)).tolist() == pytest.approx([0.0])


def test_a_naive_split_would_leave_a_rest():
    """The control: each source held against the first list alone does not sum to the change."""
    before, after, sources = (500, 1000), (480, 1100), [(40, 300), (-60, -200)]
    naive = sum((500 + n) / (1000 + d) - 0.5 for n, d in sources)
    assert abs(naive - (480 / 1100 - 0.5)) > 0.01
    assert split(before, after, *sources).sum() == pytest.approx(480 / 1100 - 0.5, abs=1e-15)


def test_those_who_leave_better_off_raise_the_share_of_those_who_stay():
    (left,) = split((500, 1000), (480, 900), (-20, -100))
    assert left > 0


def test_an_empty_area_has_no_parts():
    assert np.isnan(split((0, 0), (0, 0), (0, 0))).all()


def test_the_table_has_the_sources_of_each_indicator_and_their_sum():
    made, setting = ensembles.ensemble(), setting_of(ensembles.scenario())
    frame = decomposition_frame(made, setting)
    assert list(frame.columns) == ["scenario", "area", "list_year", "indicator", "source", "mean", "p10", "p50", "p90"]
    people = frame[frame.indicator == "convicted"]
    assert set(people.source) == {"moved_in", "moved_out", "rehoused", "changed_state", "age_and_birth", "definition", "change"}
    assert set(frame[frame.indicator == "social_family_share"].source) == {"demolished", "relabelled", "built", "change"}
    wide = frame.pivot_table(index=["area", "indicator", "list_year"], columns="source", values="mean")
    few = wide.index.get_level_values("indicator").isin(["residents"]) & wide[sorted(set(people.source))].isna().any(axis=1)
    assert few.any() and not few.all()  # of the small area, who comes and goes is too few to be shown
    assert np.allclose(wide[~few].drop(columns="change").sum(axis=1), wide["change"][~few])


def test_the_sum_is_the_change_of_the_summary():
    made, setting = ensembles.ensemble(), setting_of(ensembles.scenario())
    here = measure(made, setting).of(made.layout.list_areas)
    summary = summary_frame(here, "plan").set_index(["area", "indicator", "list_year"])["mean"].groupby(level=[0, 1]).diff().dropna()
    change = decomposition_frame(made, setting).query("source == 'change'").set_index(["area", "indicator", "list_year"])["mean"]
    shared = summary.index.intersection(change.index)
    assert len(shared) == len(change)
    assert np.allclose(summary[shared], change[shared])
