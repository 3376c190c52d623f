"""Refusals fall on the right applicants only, and only in the areas and years where a rule applies: worked examples."""

from types import SimpleNamespace

import numpy as np
import pytest

from simulation import law
from simulation.actors import Municipality
from simulation.engine import BlandetBy, simulate
from simulation.population.queues import Vacancies, serve
from simulation.population.rules import AT_WORK, REFUSALS
from simulation.records import HOUSING, LABOUR
from simulation.start import CENTRAL
from tests.core import scenario
from tests.district import model

JOB, CASH, EDU, DIS, INS = (
    LABOUR.index(name) for name in ("employed", "cash_benefit_job_ready", "education_benefit", "disability_pension", "insured_unemployed")
)


class List:
    """A waiting list written down: each applicant is (head, partner); the draw u picks the one in that place."""

    def __init__(self, *applicants):
        self.head, self.partner = (np.array(column) for column in zip(*applicants, strict=True))
        self.at_work = np.isin(self.head, AT_WORK) | np.isin(self.partner, AT_WORK)

    def draw(self, queue, u):
        return (u * len(self.head)).astype(int)


def lettings(waiting, order, *, rule=None, states=(CASH, EDU), work_first=False, homes=1, length=None):
    """Let homes from a list, whose applicants come in the order given; return the outcome."""
    refused = {name: np.zeros((homes, len(LABOUR)), bool) for name in REFUSALS}
    if rule is not None:
        refused[rule][:, list(states)] = True
    vacancies = Vacancies(np.arange(homes), np.zeros(homes, int), np.zeros(homes, int), refused, np.full(homes, work_first))

    def u(process, uids):
        turn = int(process.removeprefix("applicant "))
        return np.array([(order[(turn * homes + int(uid)) % len(order)] + 0.5) / len(waiting.head) for uid in uids])

    return serve(waiting, vacancies, np.array([float(len(order) if length is None else length)]), SimpleNamespace(u=u))


def test_who_is_on_cash_benefit_alone_is_refused_and_the_next_gets_the_home():
    found = lettings(List((CASH, CASH), (JOB, JOB)), [0, 1], rule="compulsory")
    assert found.candidate.tolist() == [1] and found.turned_away["compulsory"].tolist() == [1]


@pytest.mark.parametrize("couple", [(CASH, JOB), (JOB, CASH), (CASH, DIS)])
def test_a_couple_of_whom_one_is_not_on_the_benefits_is_not_refused(couple):
    found = lettings(List(couple), [0], rule="compulsory")
    assert found.candidate.tolist() == [0] and found.turned_away["compulsory"].tolist() == [0]


@pytest.mark.parametrize("couple", [(CASH, CASH), (CASH, EDU), (EDU, CASH)])
def test_a_couple_of_whom_both_are_on_the_benefits_is_refused(couple):
    found = lettings(List(couple), [0], rule="compulsory")
    assert found.candidate.tolist() == [-1] and found.turned_away["compulsory"].tolist() == [1]


@pytest.mark.parametrize("state", [DIS, INS, JOB])
def test_the_compulsory_refusal_names_no_other_benefit(state):
    assert lettings(List((state, state)), [0], rule="compulsory").candidate.tolist() == [0]


def test_where_no_rule_applies_nobody_is_refused():
    found = lettings(List((CASH, CASH), (JOB, JOB)), [0, 1])
    assert found.candidate.tolist() == [0] and not any(found.turned_away[name].any() for name in REFUSALS)


def test_where_work_comes_first_the_first_in_work_gets_the_home():
    found = lettings(List((CASH, CASH), (DIS, DIS), (JOB, JOB)), [0, 1, 2], work_first=True)
    assert found.candidate.tolist() == [2] and found.worked.tolist() == [True]


def test_where_work_comes_first_and_nobody_works_the_first_who_is_not_refused_gets_it():
    found = lettings(List((CASH, CASH), (DIS, DIS), (INS, INS)), [0, 1, 2], rule="compulsory", work_first=True)
    assert found.candidate.tolist() == [1] and found.worked.tolist() == [False]


def test_an_applicant_is_asked_once_and_a_list_that_ends_leaves_homes_empty():
    found = lettings(List((CASH, CASH), (JOB, JOB)), [0, 1, 0, 0, 0, 0], rule="compulsory", homes=2, length=4)
    assert sorted(found.candidate.tolist()) == [-1, 1]
    assert found.turned_away["compulsory"].sum() == 3


def test_no_applicant_no_tenant():
    assert lettings(List((JOB, JOB)), [0], homes=3, length=0).candidate.tolist() == [-1, -1, -1]


# --- which rule applies where ---


def rules(year=2020, category=(0, 0, 0), outside=(30.0, 30.0, 30.0), off=0, **new):
    """Return the rules of a year in the small city, whose first area has a development plan."""
    made = model(**new)
    state, now = made.state, made.now.in_year(year)
    state.category, state.outside_pct = np.array(category, np.int8), np.array(outside)
    state.years_off = np.array([off, 9, 9])
    return Municipality.letting_rules(made.municipality, state, now, np.zeros((3, 2)))


def states(found, name, area):
    return {LABOUR[state] for state in np.flatnonzero(found.refused[name][area])}


CASH_BENEFITS = {"cash_benefit_job_ready", "cash_benefit_activity_ready", "education_benefit", "integration_benefit"}


def test_in_a_conversion_area_the_three_benefits_are_refused_and_elsewhere_not():
    found = rules(category=(law.CONVERSION, law.PARALLEL, law.VULNERABLE), development_plan=False)
    assert states(found, "compulsory", 0) == CASH_BENEFITS
    assert not found.refused["compulsory"][1:].any()


def test_after_the_list_the_refusal_goes_on_while_the_development_plan_binds():
    assert states(rules(off=3), "compulsory", 0) == CASH_BENEFITS
    assert not rules(off=4).refused["compulsory"].any()
    assert not rules(off=3, development_plan=False).refused["compulsory"].any()
    assert not rules(year=2030, off=1).refused["compulsory"].any()


def test_each_rule_can_be_switched_off():
    listed = (law.CONVERSION, law.VULNERABLE, law.VULNERABLE)
    assert not rules(category=listed, letting__compulsory_refusal=False).refused["compulsory"].any()
    assert not rules(category=listed, letting__municipal_limit=False).refused["municipal"].any()
    assert not rules(category=listed, letting__flexible_share=0.0).flexible.any()
    assert not rules(category=listed).clean.any() and rules(category=listed, letting__clean_record=True).clean.tolist() == [
        True,
        False,
        False,
    ]


def test_the_municipality_is_limited_in_vulnerable_areas_and_since_2021_in_prevention_areas():
    found = rules(year=2021, category=(law.VULNERABLE, law.PREVENTION, 0))
    assert states(found, "municipal", 0) == CASH_BENEFITS and not found.refused["municipal"][1:].any()
    later = rules(year=2022, category=(law.VULNERABLE, law.PREVENTION, 0))
    assert states(later, "municipal", 1) == CASH_BENEFITS and not later.refused["municipal"][2].any()


def test_the_optional_refusal_adds_groups_where_40_per_cent_are_outside():
    found = rules(outside=(39.9, 40.0, 50.0), letting__optional_refusal=True)
    assert not found.refused["optional"][0].any()
    assert {"disability_pension", "insured_unemployed"} <= states(found, "optional", 1)
    assert not rules(outside=(50.0,) * 3).refused["optional"].any()


def test_work_comes_first_in_vulnerable_areas_only():
    found = rules(category=(law.CONVERSION, law.VULNERABLE, law.PREVENTION))
    assert (found.flexible > 0).tolist() == [True, True, False]


def test_fewer_apply_where_the_label_repels():
    made = model()
    landlord = made.landlords[0]
    made.state.category = np.zeros(3, np.int8)
    free = landlord.waiting_list(made.state, made.now)
    made.state.category = np.array([law.CONVERSION, 0, 0], np.int8)
    listed = landlord.waiting_list(made.state, made.now)
    assert listed[0] == pytest.approx(free[0] * made.now.values["rates"]["market"]["listed_demand"]) and listed[1] == free[1]
    assert listed[2] == 0  # it owns nothing there


# --- in a whole run ---


@pytest.fixture(scope="module")
def lived():
    made = BlandetBy(scenario("reference", "last_year=2024"), 1, CENTRAL, 0)
    before = []
    for _ in range(5):
        before.append(made.state.category.copy())
        made.step()
    return np.array(before), np.array([account["housing"] for account in made.accounts])


def at(housing, name):
    return housing[..., HOUSING.index(name)]


def test_in_a_run_refusals_fall_only_where_the_last_list_makes_them(lived):
    category, housing = lived
    planned = np.arange(category.shape[1]) == 0  # the only area with a development plan
    compulsory, municipal = at(housing, "refused_compulsory"), at(housing, "refused_municipal")
    assert not compulsory[(category != law.CONVERSION) & ~planned].any() and compulsory[:, 0].all()
    assert not municipal[category == law.NONE].any() and municipal.any()
    assert not at(housing, "work_first")[category < law.VULNERABLE].any()
    assert not at(housing, "refused_optional").any()


def test_under_the_rules_of_before_nobody_is_refused():
    housing = simulate(scenario("historical", "last_year=2021"), 1, CENTRAL, 0).housing
    assert not any(at(housing, f"refused_{name}").any() for name in REFUSALS)
    assert at(housing, "let_newcomers").all(axis=0).any()


def test_refusal_leaves_homes_empty_where_the_rules_bite_harder_than_demand():
    """All who are not in work are refused and two apply for a home: some homes find nobody; with no rule all are let."""
    hard = {"letting__applicants_per_home": 2.0, "rates__market__listed_demand": 1.0}

    def vacant(**new):
        made = model(**(hard | new))
        made.state.category = np.array([law.CONVERSION, 0, 0], np.int8)
        for _ in range(3):
            made.step()
        housing = np.array([account["housing"] for account in made.accounts])
        return at(housing, "vacant_refusal").sum(), at(housing, "cost_refusal").sum()

    homes, cost = vacant(letting__applicants_per_home=1.1)
    assert homes > 0 and cost > 0
    assert vacant(letting__compulsory_refusal=False, letting__municipal_limit=False)[0] == 0
