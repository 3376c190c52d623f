"""The family share, whom its limit binds, and the first screen's numbers."""

from dataclasses import replace

import ensembles
import numpy as np
import pytest

from simulation.indicators.drivers import drivers_frames
from simulation.indicators.frames import results_of
from simulation.indicators.headline import headline
from simulation.indicators.measures import SHARE, measure
from simulation.indicators.setting import setting_of
from simulation.indicators.share import share_of
from simulation.records import STOCK


@pytest.fixture
def made():
    return ensembles.ensemble(3, 2)


def changed(made, name, value):
    stock = made.arrays["stock"].copy()
    stock[..., STOCK.index(name)] = value
    return replace(made, arrays=made.arrays | {"stock": stock})


def share(made, **law):
    return share_of(made, setting_of(ensembles.scenario(**law))).percent[0, :, 0]


def test_the_share_is_that_of_the_published_table(made):
    assert share(made)[0] == pytest.approx(76.0, abs=0.01)


def test_a_demolition_stays_in_the_denominator_only_if_it_is_counted(made):
    counted, apart = share(made), share(made, count_demolished=False)
    assert counted[0] == apart[0]
    assert (apart[1:] > counted[1:]).all()


def test_municipal_floor_space_counts_only_if_the_scenario_says_so(made):
    floor = changed(made, "floor_municipal_m2", 75 * 500.0)
    assert np.array_equal(share(floor), share(made))
    assert share(floor, count_municipal_floor=True)[0] == pytest.approx(100 * 2872 / (2872 + 907 + 500))


def test_business_floor_space_counts(made):
    assert share(changed(made, "floor_business_m2", 75 * 100.0))[0] == pytest.approx(100 * 2872 / (2872 + 907 + 100))


def test_equivalents_lacking_bring_the_share_to_the_limit(made):
    found = share_of(made, setting_of(ensembles.scenario()))
    lacking = found.lacking_equivalents(40.0)
    np.testing.assert_allclose(found.family / (found.equivalents + lacking), 0.4)


def test_the_limit_binds_where_there_is_a_plan_or_was_a_conversion_area(made):
    limits = measure(made, setting_of(ensembles.scenario())).thresholds[..., SHARE]
    assert (limits[:, :, 0] == 40).all()
    assert np.isnan(limits[:, 0, 1:]).all()
    was = made.arrays["category"].copy()
    was[:, :, 1] = 0
    assert np.isnan(
        measure(replace(made, arrays=made.arrays | {"category": was}), setting_of(ensembles.scenario())).thresholds[:, :, 1, SHARE]
    ).all()
    was[:, 3, 1] = 4
    later = measure(replace(made, arrays=made.arrays | {"category": was}), setting_of(ensembles.scenario())).thresholds[:, :, 1, SHARE]
    assert np.isnan(later[:, :3]).all()
    assert (later[:, 3:] == 40).all()


def test_an_area_without_homes_has_no_share(made):
    empty = made.arrays["stock"].copy()
    empty[:, :, 2] = 0
    found = results_of(replace(made, arrays=made.arrays | {"stock": empty}), ensembles.scenario())
    records = found.frames["records"]
    assert records.loc[records["area"] == "andet", "social_family_share_pct"].isna().all()


def test_the_headline_agrees_with_the_tables(made):
    found = results_of(made, ensembles.scenario())
    top, status = found.headline, found.frames["status"].set_index(["area", "list_year", "category"])["probability"]
    assert top["area"] == "storby"
    assert top["off_conversion"] == pytest.approx(1 - status["storby", 2030, "conversion"])
    summary = found.frames["summary"].set_index(["area", "list_year", "indicator"])
    row = summary.loc[("storby", 2030, "outside_labour_market")]
    assert top["outside"] == {key: pytest.approx(row[key]) for key in ("p10", "p50", "p90", "short_p10", "short_p50", "short_p90")} | {
        "limit": 40
    }
    assert top["family_share"]["probability_met"] == 1 - summary.loc[("storby", 2030, "social_family_share"), "probability_breached"]
    assert top["without_origin"]["off_conversion"] == 1
    assert (top["drawn_parameters"], top["drawn_assumed"]) == (12, 9)


def test_the_headline_knows_the_first_list_from_which_the_area_stays_off(made):
    category = made.arrays["category"].copy()
    category[:, :, 0] = 4
    category[:, 3, 0] = 2  # off for one list only
    category[:4, 7:, 0] = 2  # two thirds of the members stay off
    off = replace(made, arrays=made.arrays | {"category": category})
    assert results_of(off, ensembles.scenario()).headline["first_year_off_conversion"] == 2026


def elsewhere(made, setting, category, residents):
    """Return what the first screen says of the area that receives, given its categories and its size."""
    stock = made.arrays["stock"].copy()
    stock[:, :, 2, STOCK.index("residents")] = residents
    arises = replace(made, arrays=made.arrays | {"category": category, "stock": stock})
    asked = measure(arises, setting).of(ensembles.LIST_AREAS)
    return headline(asked, arises, setting, ensembles.scenario().provenance(), drivers_frames(asked, made.draws, None, "plan"))["elsewhere"]


def test_a_new_vulnerable_area_elsewhere_is_one_that_was_not_there_before(made):
    setting = replace(setting_of(ensembles.scenario()), groups=frozenset())
    category = np.zeros_like(made.arrays["category"])
    category[0, -1, 2] = 2
    assert elsewhere(made, setting, category, 1500) == pytest.approx(1 / 6)
    category[:, 0, 2] = 2
    assert elsewhere(made, setting, category, 1500) is None  # it was there before


def test_where_no_area_could_be_new_on_the_list_nothing_is_told(made):
    category = np.zeros_like(made.arrays["category"])
    single, group = replace(setting_of(ensembles.scenario()), groups=frozenset()), setting_of(ensembles.scenario())
    assert elsewhere(made, single, category, 1500) == 0
    assert elsewhere(made, group, category, 1500) is None
    assert elsewhere(made, single, category, 640) is None
