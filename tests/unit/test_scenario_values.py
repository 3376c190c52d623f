"""Parameter draws: keyed by path, triangular as stated, the same in every scenario and process."""

import numpy as np
import pytest
from scenario_files import toy
from scipy import stats

from simulation.scenario import load
from simulation.scenario.fitted import Fitted
from simulation.scenario.values import Drawn, draw_row, quantile

DRAWS = 2000


def drawn(path: str, low: float, mode: float, high: float, seed: int = 1, uniform: bool = False) -> np.ndarray:
    recipe = (Drawn(path, low, mode, high, uniform),)
    return np.array([draw_row(recipe, seed, draw)[0] for draw in range(DRAWS)])


def triangular_fits(sample, low, mode, high) -> bool:
    law = stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
    return stats.kstest(sample, law.cdf).pvalue > 0.001


@pytest.mark.parametrize(("low", "mode", "high"), [(0.2, 0.4, 0.9), (0, 0, 1), (-1, 1, 1), (-0.5, 0, 0.5)])
def test_draws_follow_the_triangular_distribution(low, mode, high):
    sample = drawn("a.path", low, mode, high)
    assert triangular_fits(sample, low, mode, high)
    assert low < sample.min() and sample.max() < high


def test_the_test_of_the_distribution_has_power():
    """Negative control: a mode a little off is noticed."""
    assert not triangular_fits(drawn("a.path", 0, 0.4, 1), 0, 0.5, 1)
    assert not triangular_fits(drawn("a.path", 0, 0.5, 1, uniform=True), 0, 0.5, 1)


def test_paths_seeds_and_draws_are_independent():
    one, other, seeded = drawn("a", 0, 0.5, 1), drawn("b", 0, 0.5, 1), drawn("a", 0, 0.5, 1, seed=2)
    for left, right in ((one, other), (one, seeded), (one[1:], one[:-1])):
        assert abs(np.corrcoef(left, right)[0, 1]) < 4 / np.sqrt(DRAWS)
    assert abs(np.corrcoef(one, one + other)[0, 1]) > 4 / np.sqrt(DRAWS)  # negative control


def test_the_quantile_is_the_inverse_of_the_distribution():
    u = np.linspace(0.001, 0.999, 99)
    for low, mode, high in ((0, 0, 1), (0, 1, 1), (-3, 0, 8)):
        law = stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
        assert np.allclose(quantile(low, mode, high, u), law.ppf(u))


def test_scenarios_are_paired_whatever_else_they_range_over(tmp_path):
    narrow = load(toy(tmp_path, "city: {benefit_lag: 0}\n", "narrow.yaml"))
    wide = load(
        toy(tmp_path, "new_homes: [{id: a, area: town, tenure: owned, count: {value: 5, low: 1, high: 9}, from: 2020, to: 2021}]\n")
    )
    for draw in (0, 1, 63, 64, 200):
        assert narrow.values(7, draw).letting.flexible_share == wide.values(7, draw).letting.flexible_share
    assert narrow.values(7, 1).letting.flexible_share != narrow.values(7, 2).letting.flexible_share
    assert narrow.values(0, 1).letting.flexible_share != narrow.values(1, 1).letting.flexible_share


def test_things_are_drawn_whole(tmp_path):
    text = "new_homes: [{id: a, area: town, tenure: owned, count: {value: 5, low: 1, high: 9}, from: 2020, to: 2021}]\n"
    scenario = load(toy(tmp_path, text))
    counts = [scenario.values(1, draw).new_homes[0].count for draw in range(60)]
    assert all(isinstance(count, int) for count in counts)
    assert len(set(counts)) > 3


def test_values_are_a_frozen_tree_by_attribute_and_by_item(tmp_path):
    values = load(toy(tmp_path)).values(1, None)
    assert values.place.level == values["place"]["level"] == 0.4
    assert "place" in values and "nothing" not in values
    assert [item.id for item in values.place.departments] == ["first", "second", "third"]
    with pytest.raises(AttributeError):
        values.place.level = 1
    with pytest.raises(AttributeError):
        values.place.nothing  # noqa: B018


def test_central_values_are_the_stated_ones(tmp_path):
    scenario = load(toy(tmp_path))
    assert scenario.values(1, None) == scenario.values(2, None)
    assert scenario.values(1, None).letting.flexible_share == scenario.ranged()["letting.flexible_share"].value


def test_fitted_draws_stand_between_the_scenario_and_the_rates(tmp_path):
    (tmp_path / "fitted").mkdir()
    (tmp_path / "fitted/toy.csv").write_text("draw,place.level\n0,0.1\n1,0.3\n")
    fitted = load(toy(tmp_path), fitted=tmp_path / "fitted")
    assert [fitted.values(1, draw).place.level for draw in (0, 1, 2, 3)] == [0.1, 0.3, 0.1, 0.3]
    assert fitted.values(1, None).place.level == pytest.approx(0.2)
    assert [row.fitted for row in fitted.parameters() if row.path == "place.level"] == [True]
    assert load(toy(tmp_path), ["place.level=0.7"], tmp_path / "fitted").values(1, 0).place.level == 0.7
    assert "fitted/toy.csv" in fitted.files()


def test_fitted_draws_of_a_section_hold_where_the_scenario_leaves_the_number_alone(tmp_path):
    (tmp_path / "vollsmose.csv").write_text("draw,city.benefit_lag\n0,0.0025\n")
    assert load("plan", (), tmp_path).values(1, 0).city.benefit_lag == 0.0025
    assert load("plan", ["city.benefit_lag=0.001"], tmp_path).values(1, 0).city.benefit_lag == 0.001
    assert load("historical", (), tmp_path).values(1, 0).city.benefit_lag == 0.0
    written_out = tmp_path / "written_out.yaml"
    written_out.write_text(load("plan", (), tmp_path).resolved_yaml(), encoding="utf-8")
    assert load(written_out, (), tmp_path).values(1, 0).city.benefit_lag == 0.0025
    own = tmp_path / "own.yaml"
    own.write_text("extends: plan\ncity: {benefit_lag: {value: 0.004, low: 0.003, high: 0.005}}\n", encoding="utf-8")
    assert load(own, (), tmp_path).values(1, 0).city.benefit_lag >= 0.003


def test_fitted_rows_keep_their_parameters_together():
    fitted = Fitted(("a", "b"), np.array([[1.0, 10.0], [2.0, 20.0]]))
    assert fitted.row(5) == [2.0, 20.0]
    assert fitted.only({"b"}).row(0) == [10.0]
