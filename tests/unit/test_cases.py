import pickle

import numpy as np
import pytest

from simulation import start
from simulation.cases import Case, CaseTask, case_values, run_cases, study_id
from simulation.engine import simulate
from simulation.files import InputErrors
from simulation.indicators.measures import measure
from simulation.indicators.setting import setting_of
from simulation.scenario import alone
from tests.core import scenario

SHORT = "last_year=2021"
EXIT = "rates.labour.exit.student"


@pytest.fixture(scope="module")
def study():
    return alone(scenario("historical", SHORT)), alone(scenario("reference", SHORT))


def test_a_case_is_the_member_that_a_run_would_have(study, tmp_path):
    found = run_cases(study, [Case(1, 3), Case(0, None), Case(0, 3)], seed=2, replicates=2, store=tmp_path)
    assert found.draws.tolist() == [0, 0, 1, 1, 2, 2]
    for row, (of, draw, replicate) in enumerate([(1, 3, 0), (1, 3, 1), (0, start.CENTRAL, 0), (0, start.CENTRAL, 1), (0, 3, 0), (0, 3, 1)]):
        assert (found.arrays["criteria"][row] == simulate(study[of], 2, draw, replicate).criteria).all()
    assert np.isfinite(measure(found, setting_of(study[0])).values).all()


def test_the_list_areas_alone_are_as_they_are_in_the_city(study):
    with_city = simulate(scenario("historical", SHORT), 1, 0, 0)
    lists = len(study[0].tree["place"]["areas"])
    assert (simulate(study[0], 1, 0, 0).criteria == with_city.criteria[:, :lists]).all()
    assert with_city.criteria.shape[1] > lists
    assert study[0].content != scenario("historical", SHORT).content


def test_the_city_is_needed_where_homes_are_pulled_down():
    with pytest.raises(InputErrors):
        alone(scenario("plan"))


def test_what_is_given_holds_instead_of_the_draw(study):
    historical = study[0]
    drawn, given = historical.values(1, 5), historical.values(1, 5, ((EXIT, 0.19), ("letting.flexible_share", 0.3)))
    assert given.rates.labour.exit.student == 0.19 != drawn.rates.labour.exit.student
    assert given.letting.flexible_share == 0.3
    assert given.rates.labour.exit.employed == drawn.rates.labour.exit.employed
    assert historical.values(1, 5) == drawn
    with pytest.raises(KeyError):
        historical.values(1, 5, (("rates.nothing", 1.0),))


def test_what_is_given_changes_the_start_and_nothing_is_kept_of_it(study):
    given = ((EXIT, 0.19),)
    before, other, after = (simulate(study[0], 1, 0, 0, numbers).criteria for numbers in ((), given, ()))
    assert (before == after).all()
    assert (before != other).any()


def test_scenarios_that_begin_alike_share_their_start(study):
    same, later = scenario("reference", SHORT), scenario("reference", SHORT, "letting.flexible_share=0.9")
    assert start.setup_of(same).ground is start.setup_of(later).ground
    assert start.setup_of(same).ground is not start.setup_of(scenario("reference", SHORT, "rates.labour.exit.student=0.1")).ground
    shared = start.setup_of(later).start_of(1, 2)
    own = start.Setup(later, start.Ground(*(getattr(start.setup_of(later).ground, name) for name in ("counted", "pool", "tables"))))
    assert (own.start_of(1, 2).population.applicants == shared.population.applicants).all()


def test_a_study_is_taken_up_again(study, tmp_path, monkeypatch):
    cases = [Case(0, 0), Case(0, 1)]
    first = run_cases(study, cases[:1], seed=1, store=tmp_path)
    monkeypatch.setattr("simulation.engine.simulate", lambda *asked: pytest.fail("it was there") if asked[2] == 0 else simulate(*asked))
    both = run_cases(study, cases, seed=1, store=tmp_path)
    assert (both.arrays["criteria"][0] == first.arrays["criteria"][0]).all()


def test_a_task_goes_over_a_wire(study):
    task = CaseTask(study, (Case(0, 0, ((EXIT, 0.1),)),), 1, ("criteria",))
    assert (pickle.loads(pickle.dumps(task))(0, 0).kept["criteria"] == task(0, 0).kept["criteria"]).all()


def test_other_lists_are_no_study(study):
    with pytest.raises(ValueError, match="same place"):
        CaseTask((study[0], scenario("historical", "last_year=2020")), (), 1, ()).layout()


def test_everything_that_decides_a_study_is_in_its_name(study):
    told = [
        study_id(study, [Case(0, 0)], 1, ("criteria",), {"code": "a"}),
        study_id(study[:1], [Case(0, 0)], 1, ("criteria",), {"code": "a"}),
        study_id(study, [Case(0, 1)], 1, ("criteria",), {"code": "a"}),
        study_id(study, [Case(0, 0, ((EXIT, 0.1),))], 1, ("criteria",), {"code": "a"}),
        study_id(study, [Case(0, 0)], 2, ("criteria",), {"code": "a"}),
        study_id(study, [Case(0, 0)], 1, ("stock",), {"code": "a"}),
        study_id(study, [Case(0, 0)], 1, ("criteria",), {"code": "b"}),
    ]
    assert len(set(told)) == len(told)


def test_replicates_are_averaged_by_case(study, tmp_path):
    found = run_cases(study, [Case(0, 0), Case(0, 1)], seed=1, replicates=2, store=tmp_path)
    values = found.arrays["criteria"][:, -1, 0, 0]
    assert case_values(found, values) == pytest.approx([values[:2].mean(), values[2:].mean()])
