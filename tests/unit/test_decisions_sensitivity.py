"""The sensitivity path on functions whose indices are known, and the negative controls of what it may find."""

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("SALib")
pytest.importorskip("sklearn")

from simulation.decisions.quantities import Answers, Quantity, asked_years
from simulation.decisions.sensitivity.designs import MORRIS, ONE, SOBOL, base_rows, design_of, indices_of
from simulation.decisions.sensitivity.discovery import FOUND, NEVER, NO_RULE, holds, rules_for
from simulation.decisions.sensitivity.factors import Factor, factors_of, given_at, numbers_at
from simulation.decisions.sensitivity.luck import Luck, account, chance_part, luck_of
from simulation.decisions.sensitivity.tables import indices_frame, most_important, sizes
from simulation.decisions.sensitivity.worth import worth_of
from simulation.files import InputErrors
from simulation.scenario import load

ANGLES = [Factor(str(number), -np.pi, 0.0, np.pi, uniform=True) for number in range(3)]
PUBLISHED = {"S1": (0.314, 0.442, 0.0), "ST": (0.558, 0.442, 0.244)}


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.fixture(scope="module")
def ishigami_indices():
    design = design_of(SOBOL, 3, 4096, 1)
    return indices_of(design, ishigami(numbers_at(ANGLES, design.points)))


@pytest.mark.parametrize("index", ["S1", "ST"])
def test_ishigami_has_its_published_indices(ishigami_indices, index):
    rows = ishigami_indices[ishigami_indices["index"] == index]
    assert np.abs(rows["value"].to_numpy() - PUBLISHED[index]).max() < 0.015
    published = np.array(PUBLISHED[index])
    assert ((rows["low"].to_numpy() <= published) & (rows["high"].to_numpy() >= published)).sum() >= 2  # 9 of 10 intervals


def test_the_test_of_indices_has_power(ishigami_indices):
    total = ishigami_indices[ishigami_indices["index"] == "ST"]["value"].to_numpy()
    assert np.abs(total - np.roll(PUBLISHED["ST"], 1)).max() > 0.1


def test_morris_tells_movement_and_its_sign():
    design = design_of(MORRIS, 3, 10, 1)
    numbers = numbers_at([Factor(str(n), 0.0, 5.0, 10.0, uniform=True) for n in range(3)], design.points)
    found = indices_of(design, 2 * numbers[:, 0] - numbers[:, 1]).pivot_table(index="factor", columns="index", values="value")
    assert found["mu_star"].tolist() == pytest.approx([18, 9, 0])  # 0.9 of the range of 10
    assert found["mu"].tolist() == pytest.approx([18, -9, 0])


def test_one_at_a_time_leaves_the_others_alone():
    design = design_of(ONE, 2, 0, 1)
    factors = [Factor("a", 0.0, 1.0, 2.0), Factor("b", 0.0, 2.0, 4.0, whole=True)]
    numbers = numbers_at(factors, design.points)
    assert np.isnan(numbers[0]).all() and np.isfinite(numbers[1:]).sum(axis=1).tolist() == [1, 1, 1, 1]
    assert given_at(factors, numbers[0]) == () and [path for path, _ in given_at(factors, numbers[4])] == ["b"]
    found = indices_of(design, np.array([5.0, 4.0, 7.0, 5.0, 5.0]))
    assert found["value"].tolist() == [-1.0, 2.0, 0.0, 0.0]


def test_factors_follow_the_shape_of_their_range():
    u = np.linspace(0.01, 0.99, 99)
    assert Factor("a", 0.0, 1.0, 4.0).at(np.array([0.0, 0.25, 1.0])).tolist() == pytest.approx([0, 1, 4])
    assert set(Factor("b", 0.0, 1.0, 4.0, whole=True).at(u)) <= {0.0, 1.0, 2.0, 3.0, 4.0}
    assert Factor("c", 0.0, 0.0, 0.0, draws=np.arange(101.0)).at(np.array([0.1, 0.9])).tolist() == pytest.approx([10, 90])


def test_every_number_with_a_range_is_a_factor():
    scenario = load("plan", [])
    factors = factors_of(scenario)
    assert [factor.path for factor in factors] == [*scenario.ranged(), *(p for p in scenario.fitted.paths if p not in scenario.ranged())]
    numbers = numbers_at(factors, np.full((1, len(factors)), 0.5))[0]
    values = scenario.values(1, None, given_at(factors, numbers))
    assert values["rates"]["labour"]["exit"]["student"] == pytest.approx(
        numbers[[f.path for f in factors].index("rates.labour.exit.student")]
    )


def test_chance_is_parted_as_it_was_made():
    generator = np.random.default_rng(1)
    answers = generator.normal(size=(30, 1, 1)) * 3 + generator.normal(size=(1, 60, 1)) * 2 + generator.normal(size=(30, 60, 1))
    luck = luck_of(answers)
    assert luck.alike[0] == pytest.approx(4, rel=0.5) and luck.apart[0] == pytest.approx(1, rel=0.1)
    assert chance_part(luck, answers[:, 0].var(axis=0, ddof=1), 1)[0] == pytest.approx(5 / 14, abs=0.15)
    assert luck_of(np.repeat(generator.normal(size=(5, 1, 1)), 4, axis=1)).whole[0] == pytest.approx(0, abs=1e-12)


def test_indices_and_chance_account_for_the_whole_variance():
    """A stream of chance that moves every point alike drops out of the paired points, and comes back as its own part."""
    design = design_of(SOBOL, 3, 512, 1)
    answers = ishigami(numbers_at(ANGLES, design.points))
    between = answers[base_rows(design)].var(ddof=1, keepdims=True)
    generator = np.random.default_rng(1)
    luck = luck_of(generator.normal(size=(4, 1, 1)) + 2 * generator.normal(size=(1, 50, 1)) + np.zeros((4, 50, 1)))
    indices = indices_of(design, answers).assign(quantity=0)
    row = account(indices, luck, between, 1).iloc[0]
    assert row["adds_up"] and row["chance"] == pytest.approx(4 / (4 + 13.84), abs=0.08)
    halved = indices.assign(value=indices["value"] / 2, high=indices["value"] / 2 + 0.01)
    assert not account(halved, luck, between, 1).iloc[0]["adds_up"]


@pytest.mark.parametrize(("alike", "apart"), [(0.0, 0.0), (3.0, 0.0), (0.0, 2.0), (3.0, 2.0), (0.0, 20.0)])
def test_the_account_adds_up_with_known_noise(alike, apart):
    """Noise that all points share, and noise of each point's own: whatever they are, indices and chance make up the variance."""
    generator, design = np.random.default_rng(7), design_of(SOBOL, 3, 1024, 1)
    answers = ishigami(numbers_at(ANGLES, design.points)) + np.sqrt(apart) * generator.normal(size=len(design.points))
    between = answers[base_rows(design)].var(ddof=1, keepdims=True)
    luck = Luck(np.array([alike]), np.array([apart]))
    row = account(indices_of(design, answers).assign(quantity=0), luck, between, 1).iloc[0]
    assert row["adds_up"]
    assert row["chance"] == pytest.approx(alike / (alike + apart + 13.84), abs=0.02)
    assert chance_part(luck, between, 1)[0] == pytest.approx((alike + apart) / (alike + apart + 13.84), abs=0.05)


def test_the_account_does_not_add_up_where_a_number_is_left_out():
    """The negative control: with the second number's indices taken away too little of the variance is told."""
    design = design_of(SOBOL, 3, 1024, 1)
    answers = ishigami(numbers_at(ANGLES, design.points))
    between, indices = answers[base_rows(design)].var(ddof=1, keepdims=True), indices_of(design, answers).assign(quantity=0)
    luck = Luck(np.array([3.0]), np.array([0.0]))
    assert account(indices, luck, between, 1).iloc[0]["adds_up"]
    assert not account(indices[indices["factor"] != 1], luck, between, 1).iloc[0]["adds_up"]
    twice = pd.concat([indices, indices], ignore_index=True)
    assert not account(twice, luck, between, 1).iloc[0]["adds_up"]


def test_what_does_not_vary_has_no_account():
    design = design_of(SOBOL, 3, 16, 1)
    indices = indices_of(design, np.full(len(design.points), 5.0)).assign(quantity=0)
    row = account(indices, Luck(np.zeros(1), np.zeros(1)), np.zeros(1), 1).iloc[0]
    assert np.isnan(row["ST_sum"]) and np.isnan(chance_part(Luck(np.zeros(1), np.zeros(1)), np.zeros(1), 1)[0])


def test_what_knowing_is_worth_is_found_and_noise_is_worth_nothing():
    generator = np.random.default_rng(1)
    numbers = generator.random((400, 40))
    answers = np.stack([numbers[:, 3] + 0.1 * generator.random(400), numbers[:, 7] > 0.4, generator.random(400)], axis=1)
    worth = worth_of(numbers, answers, np.array([False, True, False]), 1)
    assert worth.variance[3, 0] > 0.85 and worth.wrong_now[1] == pytest.approx(0.4, abs=0.06)
    assert worth.wrong[7, 1] == pytest.approx(worth.wrong_now[1], abs=0.03)  # classes of a fifth: the border is an edge
    assert np.argwhere(worth.beyond).tolist() == [[3, 0], [7, 1]]
    assert worth.variance[:, 2].max() < 0.05 and np.isnan(worth.wrong[0, 0])


def test_a_rule_is_found_and_holds_in_futures_it_was_not_found_in():
    generator = np.random.default_rng(2)
    numbers = generator.random((500, 60))
    happens = (numbers[:, 3] > 0.6) & (numbers[:, 7] < 0.5)
    found = rules_for(numbers, happens ^ (generator.random(500) < 0.05), 1)
    assert found.outcome == FOUND and {c.factor for c in found.rules[0].conditions} == {3, 7}
    assert found.rules[0].density > 0.8 and found.rules[0].coverage > 0.6
    assert holds(found.rules[0].conditions, numbers).mean() == pytest.approx(happens.mean(), abs=0.06)


def test_no_rule_is_told_where_there_is_none():
    generator = np.random.default_rng(3)
    outcomes = [rules_for(generator.random((300, 60)), generator.random(300) < 0.4, seed).outcome for seed in range(15)]
    assert outcomes.count(NO_RULE) >= 14
    assert rules_for(generator.random((300, 5)), np.zeros(300, dtype=bool), 1).outcome == NEVER


def test_the_most_important_are_those_of_the_first_area_and_never_by_origin():
    design = design_of(MORRIS, 3, 10, 1)
    quantities = (Quantity("outside_labour_market", "a", 2030, False), Quantity("non_western", "a", 2030, False))
    other = Quantity("outside_labour_market", "b", 2030, False)
    values = np.stack([design.points[:, 0], 9 * design.points[:, 1], 9 * design.points[:, 2]], axis=1)
    answers = Answers((*quantities, other), values)
    indices = indices_frame(design, answers, ["x", "y", "z"])
    assert most_important(indices, answers, 1) == ["x"]


def test_sizes_of_one_at_a_time_are_swings():
    keys = {"area": "a", "list_year": 2030, "quantity": "convicted", "parameter": "x"}
    rows = [{**keys, "index": "low_end", "value": 1.0}, {**keys, "index": "high_end", "value": -0.5}]
    found = sizes(pd.DataFrame(rows).assign(low=np.nan, high=np.nan), ONE).iloc[0]
    assert (found["value"], found["low"], found["high"], found["sign"]) == (1.5, 1.0, -0.5, -1)


def test_lists_to_ask_about_are_those_of_the_scenario():
    plan = load("plan")
    assert asked_years(plan) == (2025, 2030)
    assert asked_years(plan, [2030, 2022, 2030]) == (2022, 2030)
    with pytest.raises(InputErrors) as caught:
        asked_years(plan, [2019, 2020, 0])
    assert [(each.key, each.code, each.values["given"]) for each in caught.value.problems] == [("--list-year", "unknown_list", "2019, 0")]
