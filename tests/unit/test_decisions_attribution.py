"""Shapley values on games whose shares are known, and on a small model."""

from itertools import combinations

import numpy as np
import pytest

from simulation.decisions.attribution.game import Game, attribution_frame, background_of, game_of
from simulation.decisions.attribution.players import LETTING, PHYSICAL, Player, backgrounds, players_of, silenced
from simulation.decisions.attribution.shapley import coalitions, exact, orders, sampled
from simulation.decisions.quantities import Quantity
from simulation.scenario import load


def worth(coalition):
    """Player 0 adds 3; 1 and 2 do the same, once; 3 does nothing; 0 and 1 together add 2 more. Two answers."""
    value = 3.0 * (0 in coalition) + 4.0 * bool({1, 2} & coalition) + 2.0 * ({0, 1} <= coalition)
    return np.array([value, -2 * value])


def test_exact_values_sum_to_the_whole():
    found = exact(4, worth)
    assert found.sum(axis=0).tolist() == pytest.approx([9, -18])
    assert found[3].tolist() == [0, 0]
    assert found[:, 0].tolist() == pytest.approx([4, 3, 2, 0])


def test_duplicates_share_equally():
    found = exact(3, lambda some: np.array([5.0 * bool({0, 1} & some) + (2 in some)]))
    assert found[:, 0].tolist() == pytest.approx([2.5, 2.5, 1])


def test_sampled_orders_sum_to_the_whole_and_come_near_the_exact_values():
    found = sampled(4, worth, orders(4, 400, 1))
    assert found.sum(axis=0).tolist() == pytest.approx([9, -18])
    assert found[:, 0] == pytest.approx(exact(4, worth)[:, 0], abs=0.2)
    assert np.abs(found[:, 0] - exact(4, worth)[::-1, 0]).max() > 1  # the comparison has power


def _played(game, seed=1):
    """Add a noise of its own to every draw and coalition, so that intervals have a width."""
    noise = np.random.default_rng(seed)
    return {(draw, some): worth(some) * (1 + 0.1 * draw) + noise.normal(size=2) * 0.1 for draw, some in game.asked()}


@pytest.mark.parametrize("pairs", [0, 3])
def test_intervals_hold_the_known_shares(pairs):
    """Of a player that does nothing 9 of 10 intervals hold nought; of one that does, none."""
    game = Game(players=[Player(str(n), measures=(str(n),)) for n in range(4)], draws=20, pairs=pairs, seed=1)
    quantities = [Quantity("outside_labour_market", "a", 2030, False), Quantity("convicted", "a", 2030, False)]
    held = {"0": 0, "3": 0}
    for seed in range(60):
        frame = attribution_frame(game, _played(game, seed), quantities)
        rows = frame[frame["quantity"] == "outside_labour_market"].set_index("player")
        whole = rows.loc["whole"]
        assert rows["value"].drop(index="whole").sum() == pytest.approx(whole["value"])
        assert whole["with"] - whole["without"] == pytest.approx(whole["value"])
        for player in held:
            held[player] += rows.loc[player, "low"] <= 0 <= rows.loc[player, "high"]
    assert 44 <= held["3"] <= 60 and held["0"] == 0  # 9 of 10, less than one of ten thousand such tests below 44


def test_few_players_are_calculated_exactly_and_those_without_evidence_not_at_all():
    few = [Player(PHYSICAL, sections=("demolition",)), *(Player(str(n), measures=(str(n),)) for n in range(2)), Player("x", untold=("m",))]
    game = game_of(few, draws=2, pairs=5, seed=1)
    assert len(game.players) == 3 and game.pairs == 0 and len(game.asked()) == 2 * 8
    many = [Player(str(n), measures=(str(n),)) for n in range(9)]
    asked = game_of(many, draws=2, pairs=5, seed=1).asked()
    assert len(asked) < 2 * (10 * 8 + 2) and len(coalitions(9)) == 512
    assert len(set(asked)) == len(asked)


def test_players_of_the_plan():
    scenario = load("plan", [])
    players = {player.name: player for player in players_of(scenario, "group")}
    assert set(players) == {"physical_change", "letting_rules", "employment", "welfare"}
    assert not players["welfare"].calculable and players["employment"].calculable
    assert "ips" in players["employment"].measures


def test_backgrounds_take_their_sections_from_the_base():
    scenario, base = load("plan", []), load("historical", [])
    grounds = backgrounds(scenario, base)
    assert len(grounds) == 4 and grounds[frozenset({PHYSICAL, LETTING})] is scenario
    none, letting = grounds[frozenset()], grounds[frozenset({LETTING})]
    assert not none.sections.demolition and not none.sections.letting.compulsory_refusal
    assert not letting.sections.new_homes and letting.sections.letting == scenario.sections.letting
    assert none.sections.city == scenario.sections.city and len({ground.content for ground in grounds.values()}) == 4


def test_silenced_measures_are_those_of_the_others():
    players = [Player(PHYSICAL, sections=("demolition",)), Player("a", measures=("a1", "a2")), Player("b", measures=("b1",))]
    assert silenced(players, {0, 2}) == (("measures.a1.capacity", 0.0), ("measures.a2.capacity", 0.0))
    assert background_of(players, frozenset({0, 2})) == frozenset({PHYSICAL})


def test_every_pair_of_players_meets_in_both_orders():
    met = {pair for order in orders(5, 20, 1) for pair in combinations(order, 2)}
    assert len(met) == 20
