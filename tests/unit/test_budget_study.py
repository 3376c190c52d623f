"""A budget from the workbook to the answer, on a short scenario; and the parts whose answer is known."""

import json
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from simulation.__main__ import main
from simulation.decisions.budget.confirming import Confirmed
from simulation.decisions.budget.effects import Effects, interval_of_mean, verdict, verdict_of_chance, worth
from simulation.decisions.budget.packing import Choice
from simulation.decisions.budget.reading import read_table
from simulation.decisions.budget.search import robustness, search
from simulation.decisions.budget.standing import choice_of, standings
from simulation.decisions.budget.table import COMMON, Aim, Frame, Table, Wish
from simulation.decisions.budget.variants import QUANTITIES, Outcomes
from simulation.files import InputErrors
from simulation.scenario import load
from tests.unit.budget_scenario import write_scenario, write_workbook
from tests.unit.finished_folders import is_told_apart

YEARS = (2019, 2020, 2021, 2022)
OUTSIDE = QUANTITIES.index("outside_labour_market")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_scenario(tmp_path_factory.mktemp("budget"))


@pytest.fixture(scope="module")
def scenario(path):
    return load(path)


@pytest.fixture(scope="module")
def told(path, tmp_path_factory):
    """Run a budget once: 1.1 m kr. a year hold the large measure and what is forced, not the small one as well."""
    folder = tmp_path_factory.mktemp("out")
    filled = write_workbook(folder, path, 1100, untried__Must_be_in="yes")
    with redirect_stdout(StringIO()) as printed:
        status = main(["budget", str(path), "--table", str(filled), "--draws", "2", "--out", str(folder), "--json", "--workers", "1"])
    assert status == 0
    return json.loads(printed.getvalue())


def test_the_answer_names_the_package_and_its_confirmation(told):
    assert told["package"] == ["large", "untried"]
    assert told["answer"].startswith("Fund: large (4.0 m kr.), untried (0.4 m kr., forced in). In all 4.4 of 4.4 m kr.")
    seen = told["confirmed"]
    assert seen["holds"] == (seen["foretold_low"] <= seen["simulated"] <= seen["foretold_high"])
    assert any(line.startswith("Confirmed" if seen["holds"] else "Not confirmed") for line in told["lines"])


def test_effects_and_prices_are_told_of_what_has_evidence(told):
    outside = {row["measure"]: row for row in told["measures"] if row["quantity"] == "outside_labour_market"}
    assert outside["large"]["mean"] > outside["small"]["mean"] > 0
    assert outside["large"]["unit_cost_thousand_dkk"] == pytest.approx(4000 / outside["large"]["mean"])
    assert {row["measure"] for row in told["measures"] if row["quantity"] == "cannot_be_calculated"} >= {"silent"}
    stands = {row["measure"]: row["standing"] for row in told["measures"]}
    assert [stands[name] for name in ("large", "small", "untried", "silent")] == ["chosen", "left", "forced", "silent"]


def test_nothing_is_told_by_origin(told):
    assert not [row for row in told["measures"] if "western" in row["quantity"]]
    assert not [key for row in told["packages"] for key in row if "western" in key]
    assert not [row for row in told["reach"] if "western" in row["criterion"]]


def test_which_lists_the_money_can_move_is_told(told):
    """What is paid from 2019 on is first felt in 2021: of the lists up to 2022 only the last counts it, and the trial moves it."""
    outside = next(row for row in told["reach"] if row["criterion"] == "outside_labour_market")
    assert [outside[key] for key in ("first_list", "whole_list", "first_list_moved_in_simulation")] == [2022, None, 2022]
    assert outside["points_on_last_list_in_simulation"] < 0
    assert "50 % of what the 2022 list counts" in " ".join(told["lines"])


def test_what_is_written_is_whole_and_can_be_read_back(told, path, tmp_path, capsys):
    folder = Path(told["folder"])
    assert {"report.html", "workbook.xlsx", "packages.csv", "measures.csv", "reach.csv", "scenario.resolved.yaml"} <= {
        each.name for each in folder.iterdir()
    }
    is_told_apart(folder, "budget", path.stem, capsys)
    assert told["answer"] in (folder / "report.html").read_text(encoding="utf-8")
    page = load_workbook(folder / "workbook.xlsx").worksheets[1]
    heads = {cell.value: cell.column for cell in page[1]}
    cells = {page.cell(row, 1).value: page.cell(row, heads["Chosen"]).value for row in range(2, page.max_row + 1)}
    assert (cells["large"], cells["untried"], cells["small"], cells["silent"]) == ("yes", "yes", "not chosen", "cannot be calculated")
    again = read_table(folder / "workbook.xlsx", str(path), [])[1]
    assert again.wish("untried").must
    assert again.frames[-1] == Frame(COMMON, (1100.0,) * 4)
    capsys.readouterr()


def test_forced_beyond_the_frame_is_told_before_anything_is_simulated(path, tmp_path, capsys):
    filled = write_workbook(tmp_path, path, 50, untried__Must_be_in="yes")
    assert main(["budget", str(path), "--table", str(filled), "--out", str(tmp_path)]) == 2
    assert "no package keeps the frames: what must be in costs 100 (1,000 kr.) of 50 in 2019" in capsys.readouterr().err


def table(**wishes):
    return Table(YEARS, 2019, (Aim("outside_labour_market", 2022),), wishes, (Frame(COMMON, (9000.0,) * 4),))


def test_where_each_measure_stands(scenario):
    found = standings(scenario, table())
    assert (found["large"].ranked, found["untried"].ranked, found["silent"].acts) == (True, False, False)
    assert found["small"].cost == 2000
    choice = choice_of(found, table(), "mine.xlsx")
    assert set(choice.names) == {"large", "small"}
    needing = table(small=Wish(needs=("untried",)), large=Wish(excluded=True))
    assert set(choice_of(found, needing, "mine.xlsx").names) == {"small", "untried"}


def without_prices(scenario):
    measures = tuple(each.model_copy(update={"cost": None}) for each in scenario.sections.measures)
    return scenario.model_copy(update={"sections": scenario.sections.model_copy(update={"measures": measures})})


def test_an_unknown_price_is_not_nought_and_what_must_be_in_has_one(scenario):
    before = Table((2018, *YEARS), 2019, table().aims)
    assert standings(scenario, before)["small"].costs == (0.0, 500.0, 500.0, 500.0, 500.0)  # it does not run in 2018
    unpriced, forced = without_prices(scenario), table(small=Wish(must=True))
    assert standings(unpriced, forced)["small"].unknown == YEARS
    assert choice_of(standings(unpriced, table()), table(), "mine.xlsx").names == ()
    with pytest.raises(InputErrors) as caught:
        choice_of(standings(unpriced, forced), forced, "mine.xlsx")
    assert [(problem.key, problem.code) for problem in caught.value.problems] == [("small", "budget_forced_unpriced")]


def made(effects):
    """Return effects on the first goal: draws, measures."""
    draws, measures = np.shape(effects)
    values = np.zeros((draws, measures, 1, len(QUANTITIES)))
    values[:, :, 0, OUTSIDE] = effects
    base = Outcomes((2022,), np.zeros((1, draws, 1, len(QUANTITIES))))
    return Effects(tuple("abc"[:measures]), (), (2022,), values, base)


def test_how_often_a_package_is_the_best_and_what_is_lost():
    choice = Choice(("a", "b"), np.array([[1.0], [1.0]]), (COMMON,) * 2, total=1.0)
    values = worth(made([[3.0, 1.0], [3.0, 1.0], [0.0, 2.0], [3.0, 2.5]]), [Aim("outside_labour_market", 2022)])
    found = search(choice, values)
    assert found.package == frozenset("a")
    assert found.robustness.rivals == Counter({frozenset("a"): 3, frozenset("b"): 1})
    assert found.robustness.regret.tolist() == [0, 0, 2, 0]
    assert robustness(choice, values, frozenset("b")).regret.tolist() == [2, 2, 0, 0.5]


def test_a_cheaper_package_nearly_as_good_is_found():
    choice = Choice(("a", "b"), np.array([[5.0], [1.0]]), (COMMON,) * 2, total=6.0)
    assert search(choice, np.array([[0.5, 9.0]])).cheaper == frozenset("b")
    assert search(choice, np.array([[5.0, 9.0]])).cheaper is None
    assert search(choice, np.array([[5.0, 9.0]])).frontier == (frozenset(), frozenset("b"), frozenset("ab"))


def confirmation(seen, together):
    foretold = np.array([9.0, 10.0, 11.0, 10.0])
    low, high = interval_of_mean(foretold, 4)
    return Confirmed(foretold, low, high, np.array(seen), np.array(together), Outcomes((), np.zeros(0)))


def test_a_package_that_shares_its_people_is_not_confirmed_and_the_reason_is_told():
    good, shared = confirmation([10.0] * 4, [10.0] * 4), confirmation([5.0] * 4, [6.0] * 4)
    assert good.holds
    assert not shared.holds
    assert (shared.overlap, shared.luck) == (4.0, 1.0)


def test_the_interval_holds_the_mean_of_other_draws_as_often_as_it_says():
    rng, inside, narrow = np.random.default_rng(1), 0, 0
    for _ in range(2000):
        ours, others = rng.normal(5, 2, 12), rng.normal(5, 2, 12).mean()
        low, high = interval_of_mean(ours, 12)
        inside += low <= others <= high
        narrow += abs(others - ours.mean()) <= (high - low) / 4  # negative control: half as wide
    assert 0.77 < inside / 2000 < 0.83
    assert narrow / 2000 < 0.6


def test_the_verdict_needs_eight_of_ten_draws():
    assert [verdict(np.array(values)) for values in ([1] * 8 + [-1] * 2, [1] * 7 + [-1] * 3, [-1] * 10, [0] * 10)] == [
        "better",
        "same",
        "worse",
        "same",
    ]


def test_the_verdict_on_a_probability_goes_by_the_draws_that_change():
    changes = [[100.0] * 3 + [0.0] * 17, [100.0] * 2 + [0.0] * 18, [100.0] * 3 + [-100.0] * 2, [-100.0] * 4, [0.0] * 9]
    assert [verdict_of_chance(np.array(each)) for each in changes] == ["better", "same", "same", "worse", "same"]
