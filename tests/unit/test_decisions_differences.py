"""Differences of made-up outcomes: pairing, intervals over draws, verdicts, and the sentence that tells them."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from simulation.decisions.comparison import Comparison, Side
from simulation.decisions.differences import BETTER, FEWEST_DRAWS, NEITHER, WORSE, agreed, differences, verdicts
from simulation.decisions.outcomes import SENSES, Gathering, Outcomes, add_indicators, add_status, for_good
from simulation.decisions.sentence import first_line
from simulation.indicators.measures import INDICATORS

DRAWS, REPLICATES = 20, 2
NAMES = ("base", "other")


def members(draws=DRAWS):
    return np.repeat(np.arange(draws), REPLICATES), np.tile(np.arange(REPLICATES), draws)


def outcomes(shift=0.0, noise=0.0, draws=DRAWS, seed=1, rows=slice(None)):
    """Return one area on two lists; each member of a draw has the draw's level, and ``shift`` points more outside."""
    draw, replicate = members(draws)
    level = 40.0 + np.random.default_rng(7).normal(0, 3, draws)[draw]
    own = np.random.default_rng(seed).normal(0, noise, len(draw)) if noise else 0.0
    values = np.zeros((len(draw), 2, 1, len(INDICATORS)))
    values[..., 0, INDICATORS.index("outside_labour_market")] = (level + shift + own)[:, None]
    populations = np.full(values.shape, 5000.0)
    to = Gathering(draw[rows], replicate[rows])
    add_indicators(to, values[rows], populations[rows], ["storby"], [2029, 2030])
    category = np.full((len(draw), 2, 1), 2)[rows]
    add_status(to, category, category, ["storby"], [2029, 2030])
    return to.done()


def outside(frame, list_year=2030):
    return frame[(frame["measure"] == "outside_labour_market") & (frame["list_year"] == list_year)].iloc[0]


def test_a_shift_is_found_in_points_and_persons():
    row = outside(differences(outcomes(), outcomes(-1.2), NAMES))
    assert row["difference"] == pytest.approx(-1.2)
    assert row["persons"] == pytest.approx(-60)
    assert (row["p10"], row["p90"]) == pytest.approx((-1.2, -1.2))
    assert (row["verdict"], row["agree"]) == (BETTER, 1)


def test_pairing_is_by_draw_and_replicate_whatever_the_order():
    backwards = outcomes(-1.2, rows=slice(None, None, -1))
    row = outside(differences(outcomes(), backwards, NAMES))
    assert row["p10"] == pytest.approx(row["p90"])  # unpaired, the draws' own levels would part them
    assert row["difference"] == pytest.approx(-1.2)


def test_members_that_one_side_lacks_are_left_out():
    few = outcomes(2.0, rows=slice(0, 24))
    assert outside(differences(outcomes(), few, NAMES))["difference"] == pytest.approx(2.0)


def test_nothing_differs_from_itself():
    frame = differences(outcomes(), outcomes(), NAMES)
    assert (frame["difference"] == 0).all()
    assert set(frame["verdict"]) <= {NEITHER, ""}


def test_noise_alone_is_seldom_told_apart():
    """A negative control: without any effect the rule of 8 of 10 speaks in about 1 of 90 cases (binomial, 20 draws)."""
    told = [
        outside(differences(outcomes(noise=1, seed=seed), outcomes(noise=1, seed=1000 + seed), NAMES))["verdict"] for seed in range(100)
    ]
    assert sum(verdict != NEITHER for verdict in told) <= 6
    assert outside(differences(outcomes(noise=1, seed=1), outcomes(3, noise=1, seed=2), NAMES))["verdict"] == WORSE


def test_chance_and_assumptions_are_parted():
    row = outside(differences(outcomes(noise=1, seed=1), outcomes(-1, noise=1, seed=2), NAMES))
    assert row["sd_chance"] == pytest.approx(np.sqrt(2), rel=0.3)
    assert row["draws_share"] < 0.5


def test_a_few_draws_give_no_verdict():
    few = FEWEST_DRAWS - 1
    assert outside(differences(outcomes(draws=few), outcomes(-5, draws=few), NAMES))["verdict"] == NEITHER
    assert outside(differences(outcomes(draws=FEWEST_DRAWS), outcomes(-5, draws=FEWEST_DRAWS), NAMES))["verdict"] == BETTER


@pytest.mark.parametrize(
    ("down", "up", "sense", "verdict"),
    [(0.8, 0.2, 1, BETTER), (0.79, 0.21, 1, NEITHER), (0.1, 0.9, 1, WORSE), (0.9, 0.1, -1, WORSE), (0, 1, -1, BETTER), (1, 0, 0, "")],
)
def test_eight_of_ten_draws_decide(down, up, sense, verdict):
    assert verdicts(np.array([down]), np.array([up]), np.array([sense]), 10).tolist() == [verdict]


def test_the_share_by_origin_is_never_valued():
    assert SENSES["non_western"] == 0
    draw, _ = members()
    base, other = outcomes(), outcomes()
    at = base.keys.index[base.keys["measure"] == "non_western"]
    moved = other.values.copy()
    moved[:, at] -= 10
    frame = differences(base, Outcomes(other.draws, other.replicates, other.keys, moved, other.populations), NAMES)
    rows = frame[frame["measure"] == "non_western"]
    assert set(rows["verdict"]) == {""}
    assert (rows["difference"] == -10).all() and len(draw) == len(moved)


def test_a_year_is_the_first_of_those_that_last():
    holds = np.array([[1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 1, 0]], bool)[..., None]
    assert for_good(holds, [2027, 2028, 2029, 2030])[:, 0].tolist() == [2029, 2031, 2027, 2031]


def comparison(shift, noise=0.0, draws=DRAWS):
    sides = [
        Side(name, name.upper(), "0", made, SimpleNamespace())
        for name, made in (("a", outcomes(noise=noise, draws=draws)), ("b", outcomes(shift, noise=noise, draws=draws, seed=2)))
    ]
    frame = differences(sides[0].outcomes, sides[1].outcomes, ("a", "b"))
    told = {"areas": {"storby": "Storby"}, "list_areas": ["storby"], "seed": 1, "draws": draws, "replicates": REPLICATES}
    return Comparison(comparison_id="0", base=sides[0], others=sides[1:], frame=pd.DataFrame(frame), **told)


@pytest.mark.parametrize(
    ("shift", "parts"),
    [
        (-1.2, ["B er bedre end A: 60 færre uden for arbejdsmarkedet (60–60)", "samme listestatus", "sikkert i over 9 af 10"]),
        (1.2, ["B er dårligere end A: 60 flere uden for"]),
        (0.0, ["B og A kan ikke skelnes"]),
    ],
)
def test_the_first_line_says_which_by_how_much_how_sure(shift, parts):
    made = comparison(shift)
    text = first_line(made, made.others[0], "da")
    assert [part for part in parts if part not in text.replace("sikkert i 10 af 10", "sikkert i over 9 af 10")] == []


def test_an_interval_on_both_sides_is_told_with_both():
    made = comparison(0.05, noise=1.0)
    assert "from " in first_line(made, made.others[0], "en")


def test_a_first_look_says_that_it_is_one():
    made = comparison(-5, draws=4)
    assert "first look" in first_line(made, made.others[0], "en")


def status_of(base_off, other_off, share=0.0, draws=DRAWS):
    """Return the first line where being off the lists is as given by draw, and the family share differs by as much."""
    made = {name: outcomes(draws=draws) for name in ("a", "b")}
    for name, off in (("a", base_off), ("b", other_off)):
        keys, values = made[name].keys, made[name].values.copy()
        for at in keys.index[keys["measure"].isin(["off_conversion", "off_parallel", "off_vulnerable", "off_any"])]:
            values[:, at] = np.resize(np.repeat(off, REPLICATES), len(values))
        values[:, keys.index[keys["measure"] == "social_family_share"]] += share if name == "b" else 0
        made[name] = Outcomes(made[name].draws, made[name].replicates, keys, values, made[name].populations)
    sides = [Side(name, name.upper(), "0", found, SimpleNamespace()) for name, found in made.items()]
    frame = differences(made["a"], made["b"], ("a", "b"))
    told = {"areas": {"storby": "Storby"}, "list_areas": ["storby"], "seed": 1, "draws": draws, "replicates": REPLICATES}
    compared = Comparison(comparison_id="0", base=sides[0], others=sides[1:], frame=pd.DataFrame(frame), **told)
    return first_line(compared, sides[1], "en")


def test_a_chance_that_falls_in_fewer_than_eight_of_ten_draws_is_never_told_as_the_same_status():
    told = status_of([1.0] * 10, [0.0] * 6 + [1.0] * 4)
    assert "off the conversion list in 4 of 10 against over 9 of 10 (no verdict: fewer than 8 of 10 draws agree)" in told
    assert "same list status" not in told
    assert "no verdict" not in status_of([1.0] * 10, [0.0] * 9 + [1.0])
    assert "same list status" in status_of([1.0] * 10, [1.0] * 10)


def test_the_first_line_tells_of_the_share_of_family_homes_where_it_differs():
    assert "; social family homes " in status_of([1.0] * 10, [1.0] * 10, share=3)
    assert "social family homes" not in status_of([1.0] * 10, [1.0] * 10)
    assert "social family homes" in status_of([1.0] * 4, [1.0] * 4, share=3, draws=4)


def test_what_falls_short_of_eight_of_ten_is_not_shown_as_eight():
    assert [round(agreed(part), 2) for part in (0.5, 0.74, 0.78, 0.8, 0.98)] == [0.5, 0.7, 0.7, 0.8, 0.98]
