"""Whatever the programme: nobody and no home is lost, and every account of the year adds up."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.balance import BalanceError
from simulation.records import CHAINS, CHANGES, HOUSING, REHOUSING, STOCK, TENURE
from simulation.state import CLOSED, DEMOLISHED, LETTABLE, NOTICED, TENURE_CODE
from tests.district import HOMES, district, item, model

YEARS = 4
SOCIAL = ("granparken", "birkeparken")


def years():
    return st.tuples(st.integers(2019, 2022), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def programmes(draw):
    new = {}
    demolition, renovation, homes, relabel = [], [], [], []
    for place in SOCIAL:
        first, last = draw(years())
        count = draw(st.integers(0, HOMES[place]))
        demolition.append(
            item(id=f"d_{place}", department=place, dwellings=count, from_=first, to=last, delay_years=draw(st.integers(0, 2)))
        )
        first, last = draw(years())
        rise = draw(st.sampled_from([0.0, 225.0]))
        renovation.append(item(id=f"r_{place}", department=place, from_=first, to=last, rent_rise_m2_dkk=rise))
        tenure = draw(st.sampled_from(["owned", "private_let", "social_youth", "social_elderly"]))
        relabel.append(item(id=f"s_{place}", department=place, dwellings=draw(st.integers(0, 10)), tenure=tenure, from_=2020, to=2021))
    for tenure in ("owned", "private_let"):
        first, last = draw(years())
        homes.append(item(id=tenure, area="vollsmose", tenure=tenure, count=draw(st.integers(0, 80)), from_=first, to=last))
    for landlord in ("civica", "fab"):
        said = {"area": f"{landlord}_other", "tenure": "social_family", "landlord": landlord, "replacement": True}
        homes.append(item(id=f"n_{landlord}", count=draw(st.integers(0, 40)), from_=2019, to=2021, **said))
    new |= {"demolition": tuple(demolition), "renovation": tuple(renovation), "new_homes": tuple(homes), "relabel": tuple(relabel)}
    new["rehousing__active"] = draw(st.booleans())
    new["rehousing__lead_years"] = draw(st.integers(0, 2))
    new["rehousing__leave_share"] = draw(st.sampled_from([0.0, 0.2, 1.0]))
    new["rehousing__reserved_share"] = draw(st.sampled_from([0.0, 0.15, 1.0]))
    new["letting__applicants_per_home"] = draw(st.sampled_from([0.0, 0.4, 1.0, 20.0]))
    new["letting__optional_refusal"] = draw(st.booleans())
    new["letting__flexible_share"] = draw(st.sampled_from([0.0, 1.0]))
    new["rates__moving__sitting_share"] = draw(st.sampled_from([0.0, 0.3, 0.9]))
    new["rates__moving__turnover_hard_area"] = draw(st.sampled_from([0.0, 0.1, 0.6]))
    new["rates__moving__turnover_social"] = draw(st.sampled_from([0.0, 0.1, 0.6]))
    new["rates__market__take_up"] = draw(st.sampled_from([0.0, 0.75, 1.0]))
    new["rates__rehousing__refuses"] = draw(st.sampled_from([0.0, 0.5, 1.0]))
    return new


def at(account, names, name):
    return account[..., names.index(name)]


def prove(made):
    """Prove what must hold after every year; the engine itself proves persons and homes by area."""
    state, d = made.state, made.state.dwellings
    state.check_links()
    account = made.accounts[-1]
    before = made.accounts[-2]["rehousing"] if len(made.accounts) > 1 else np.zeros_like(account["rehousing"])
    gone = sum(at(account["rehousing"], REHOUSING, name) for name in ("rehoused_own", "rehoused_other", "left", "dissolved"))
    noticed = at(account["rehousing"], REHOUSING, "noticed")
    waiting = at(account["rehousing"], REHOUSING, "waiting")
    assert np.array_equal(waiting, at(before, REHOUSING, "waiting") + noticed - gone)
    occupied = state.occupant() >= 0
    assert np.array_equal(np.bincount(d.landlord[occupied & (d.status == NOTICED)], minlength=2), waiting), (
        "those who wait live in noticed homes"
    )
    changes = account["changes"]
    emptied = at(changes, CHANGES, "emptied")
    assert np.array_equal(emptied, at(changes, CHANGES, "emptied_rehoused") + at(changes, CHANGES, "emptied_left"))
    moved = at(account["rehousing"], REHOUSING, "rehoused_own") + at(account["rehousing"], REHOUSING, "rehoused_other")
    assert moved.sum() == at(account["housing"], HOUSING, "let_rehoused").sum() == at(changes, CHANGES, "emptied_rehoused").sum()
    assert at(account["housing"], HOUSING, "let_rehoused")[0] == 0, "nobody is rehoused into the list area"
    stock = made.records[-1]["stock"]
    by_cause = [at(account["housing"], HOUSING, f"vacant_{cause}") for cause in ("refusal", "demand", "not_taken_up")]
    assert np.array_equal(sum(by_cause), at(stock, STOCK, "vacant")), "every empty home that can be let has one cause"
    closed = np.bincount(state.home_area()[d.status == CLOSED], minlength=3)
    assert np.array_equal(at(account["housing"], HOUSING, "vacant_awaiting_demolition"), closed)
    assert not occupied[d.status >= CLOSED].any()
    assert (d.rent_m2[d.tenure != TENURE_CODE["owned"]] > 0).all() and (d.m2 > 0).all()


def prove_totals(made, new):
    """Prove what must hold over all the years."""
    state, d = made.state, made.state.dwellings
    total = sum(account["changes"] for account in made.accounts)
    homes = sum(HOMES.values()) + total[:, CHANGES.index("built")].sum()
    assert len(d) == homes
    assert sum(made.records[-1]["stock"][:, STOCK.index(f"homes_{t}")].sum() for t in TENURE) + (d.status == DEMOLISHED).sum() == homes
    departments = state.layout.departments
    for programme in new.get("demolition", ()):
        gone = state.demolished_total[departments.index(programme["department"])]
        assert gone <= programme["dwellings"]
        assert gone == total[departments.index(programme["department"]), CHANGES.index("demolished")]
    lets = sum(at(a["housing"], HOUSING, name).sum() for a in made.accounts for name in ("let_newcomers", "let_sitting", "let_rehoused"))
    chains = sum(account["chains"] for account in made.accounts)
    if chains[-1] == 0:  # no chain so long that its length is no longer told
        lengths = np.arange(1, len(CHAINS) + 1)
        assert lets == (chains * lengths).sum() + d.links.sum(), "every home let is a link of one chain, ended or open"


def live(new, replicate=0):
    made = model(replicate, **new)
    for _ in range(YEARS):
        made.step()
        prove(made)
    prove_totals(made, new)
    return made


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_nothing_is_lost_under_any_programme(new):
    live(new)


def everything(year=2019):
    return tuple(item(id=place, department=place, dwellings=HOMES[place], from_=year, to=year) for place in SOCIAL)


EXTREMES = {
    "demolish everything": {"demolition": everything(2020), "rehousing__reserved_share": 1.0},
    "demolish everything at once": {"demolition": everything(), "rehousing__lead_years": 0, "rehousing__leave_share": 0.0},
    "build nothing": {"demolition": everything(2021)},
    "no vacancy at all": {"demolition": everything(2020), "rates__moving__turnover_social": 0.0, "rates__moving__turnover_hard_area": 0.0},
    "nobody applies": {"letting__applicants_per_home": 0.0},
    "nobody buys": {
        "new_homes": (item(id="new", area="vollsmose", tenure="owned", count=100, from_=2019, to=2020),),
        "rates__market__take_up": 0.0,
    },
    "every offer refused": {"demolition": everything(2020), "rates__rehousing__refuses": 1.0, "rehousing__leave_share": 0.0},
    "one landlord without homes elsewhere": {
        "demolition": everything(2020),
        "rehousing__reserved_share": 1.0,
        "rehousing__leave_share": 0.0,
        "rates__moving__turnover_social": 0.3,
    },
}


@pytest.mark.parametrize("name", EXTREMES)
def test_nothing_is_lost_in_the_extremes(name):
    live(EXTREMES[name])


def test_where_everything_is_pulled_down_nobody_is_left():
    made = live(EXTREMES["demolish everything"] | {"rehousing__active": False})
    stock = made.records[-1]["stock"][0]
    assert stock[STOCK.index("residents")] == stock[STOCK.index("homes_social_family")] == 0
    assert stock[STOCK.index("demolished_total")] == 100


def test_with_no_vacancy_those_who_wait_delay_the_demolition():
    new = EXTREMES["no vacancy at all"] | {"rehousing__leave_share": 0.0}
    made = live(new)
    delayed = made.accounts[-1]["changes"][:, CHANGES.index("delayed")].sum()
    waiting = made.accounts[-1]["rehousing"][:, REHOUSING.index("waiting")].sum()
    assert waiting > 0 and delayed >= waiting
    assert made.accounts[-1]["rehousing"][:, REHOUSING.index("overdue")].sum() == waiting


def test_a_landlord_that_owns_no_other_home_is_helped_by_the_other():
    new = EXTREMES["one landlord without homes elsewhere"]
    made = model(**new)
    d = made.state.dwellings
    landlord, elsewhere = d.landlord, made.state.home_area() > 0
    landlord[elsewhere] = 0  # all homes of the city are the first landlord's
    for _ in range(YEARS):
        made.step()
        prove(made)
    rehoused = sum(account["rehousing"] for account in made.accounts)
    assert rehoused[1, REHOUSING.index("rehoused_own")] == 0 < rehoused[1, REHOUSING.index("rehoused_other")]
    assert rehoused[0, REHOUSING.index("rehoused_other")] == 0 < rehoused[0, REHOUSING.index("rehoused_own")]


def test_without_applicants_homes_stand_empty_for_want_of_demand():
    made = live(EXTREMES["nobody applies"])
    account = made.accounts[-1]["housing"]
    assert at(account, HOUSING, "vacant_demand").sum() > 0 == at(account, HOUSING, "vacant_refusal").sum()
    assert at(account, HOUSING, "let_newcomers").sum() == 0 < at(account, HOUSING, "let_sitting").sum()
    assert at(account, HOUSING, "cost_demand").sum() > 0


def test_investors_who_cannot_sell_wait():
    made = live(EXTREMES["nobody buys"])
    held = made.accounts[-1]["housing"][0, HOUSING.index("investors_wait")]
    share = made.now.values["rates"]["market"]["unsold_most"]
    assert held == 100 - np.ceil(share * 100)
    assert made.state.dwellings.status[made.state.dwellings.tenure == TENURE_CODE["owned"]].tolist().count(LETTABLE) == np.ceil(share * 100)


@pytest.mark.parametrize("smuggle", ["home", "person"])
def test_the_balance_would_notice(smuggle):
    """The control: one home or one person too many, and the year does not pass."""
    made = model()
    if smuggle == "home":
        made.state.dwellings.add(1, uid=7, department=0, rooms=3)
    else:
        made.state.persons.add(1, uid=7, household=0, role=2, age=30)
    with pytest.raises(BalanceError):
        made.step()


def test_the_small_city_is_the_law_in_force():
    assert district().sections.letting.compulsory_refusal and not district().sections.demolition
