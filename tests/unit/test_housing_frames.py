"""The tables of moves: the columns, what is left out, and numbers that agree with the records."""

import numpy as np
import pytest

from simulation.indicators.first_met import first_met_frame
from simulation.indicators.measures import INDICATORS, SHARE, Measures
from simulation.indicators.rehoused import FEWEST_HOUSEHOLDS, rehoused_frame
from simulation.indicators.rehousing import (
    FROM,
    LETTINGS,
    TO,
    chains_frame,
    housing_frames,
    lettings_frame,
    rehousing_frame,
    rehousing_total_frame,
    vacancy_frame,
)
from simulation.records import CHAINS, HOUSING, REHOUSED, REHOUSING, STOCK, VACANCY, Ensemble, Layout

LAYOUT = Layout(("old", "near", "far"), ("old",), ("d",), ("old",), 2019, 2021, (), ("a", "b"))
MEMBERS = 4


@pytest.fixture
def made():
    """Return an ensemble in which 40 households were rehoused to near and 12 to far, and few of some kinds."""
    rng = np.random.default_rng(1)
    stock = np.full((MEMBERS, 3, 3, len(STOCK)), 1000.0)
    stock[..., STOCK.index("outside_last_year")] = 300.0
    housing = rng.integers(5, 40, (MEMBERS, 2, 3, len(HOUSING))).astype(float)
    for name, split in (("rehoused_rooms_", ("2", "3", "4")), ("rehoused_rent_", ("lower", "middle", "higher"))):
        for part, share in zip(split, (17, 3, 20), strict=True):
            housing[..., HOUSING.index(name + part)] = share
    housing[..., HOUSING.index("let_rehoused")] = 40
    rehousing = np.full((MEMBERS, 2, 2, len(REHOUSING)), 10.0)
    rehousing[:, :, 1] = 2.0
    rehoused = np.zeros((MEMBERS, 3, 3, len(REHOUSED)))
    told = {
        "households": 40,
        "persons": 100,
        "adults_18_64": 60,
        "outside_last_year": 30,
        "moved_again": 3,
        "rent_sum": 200_000,
        "in_work": 24,
    }
    for name, number in told.items():
        rehoused[:, 2, 1, REHOUSED.index(name)] = number
        rehoused[:, 2, 2, REHOUSED.index(name)] = number * 0.3
    arrays = {
        "stock": stock,
        "housing": housing,
        "rehousing": rehousing,
        "rehoused": rehoused,
        "chains": np.ones((MEMBERS, 2, len(CHAINS))),
    }
    return Ensemble(LAYOUT, np.arange(MEMBERS), np.zeros(MEMBERS, int), arrays)


def rows(frame, **where):
    for name, value in where.items():
        frame = frame[frame[name] == value]
    return frame


def test_rehousing_is_told_from_both_sides(made):
    frame = rehousing_frame(made, "s")
    assert list(frame.columns) == ["scenario", "side", "landlord", "area", "year", "measure", "mean", "p10", "p50", "p90"]
    assert set(rows(frame, side="from")["measure"]) == set(FROM) and set(rows(frame, side="to")["measure"]) == set(TO)
    assert set(rows(frame, side="to")["area"]) == {"near", "far", "all"}, "the list area receives nobody"
    assert rows(frame, landlord="a", year=2019, measure="noticed")["mean"].item() == 10
    assert rows(frame, landlord="a", year=2019, measure="mean_wait_years")["mean"].item() == 0.5  # 10 years, 20 households


def test_fewer_than_five_households_are_never_shown(made):
    frame = rehousing_frame(made, "s")
    shown = frame[frame["measure"] != "mean_wait_years"]["mean"]
    assert not ((shown > 0) & (shown < 5)).any()
    assert rows(frame, landlord="b", measure="noticed")["mean"].isna().all()
    assert rows(frame, landlord="b", measure="mean_wait_years")["mean"].isna().all()


def test_all_landlords_together_do_not_give_one_away(made):
    """What of one landlord is hidden would follow from the sum; where nothing is, the sum is told, and it is the sum."""
    frame = rows(rehousing_frame(made, "s"), side="from", year=2019).pivot(index="measure", columns="landlord", values="mean")
    parts = frame.drop(columns="all")
    alone = parts.isna().sum(axis=1) == 1
    assert frame.loc[alone, "all"].isna().all() and alone.any()
    whole = ~parts.isna().any(axis=1) & (frame.index != "mean_wait_years")
    assert (frame.loc[whole, "all"] == parts[whole].sum(axis=1)).all()


def test_all_areas_together_do_not_give_one_away(made):
    frame = rows(rehousing_frame(made, "s"), side="to", year=2019).pivot(index="measure", columns="area", values="mean")
    assert frame.loc[frame.drop(columns="all").isna().sum(axis=1) == 1, "all"].isna().all()


def test_a_small_number_does_not_follow_from_the_others(made):
    """Of three kinds of room, whose sum is known, never is one alone left out."""
    frame = rows(rehousing_frame(made, "s"), side="to", area="near", year=2019).set_index("measure")["mean"]
    for kind in ("rooms", "rent"):
        assert frame[frame.index.str.startswith(f"rehoused_{kind}")].isna().sum() >= 2


def test_the_rehoused_are_told_of_as_groups_only(made):
    frame = rehoused_frame(made, "s")
    assert set(frame["area"]) == {"near", "all"}, f"12 households are fewer than {FEWEST_HOUSEHOLDS}"
    assert set(frame["list_year"]) == {2021}
    near = rows(frame, area="near").set_index("measure")["mean"]
    assert near["outside_pct"] == 50 and near["area_outside_pct"] == 30 and near["distance_outside_pct"] == 20
    assert near["rent_dkk"] == 5000 and near["in_work_pct"] == 40
    assert "moved_again" not in near.index  # three households
    assert not any("convict" in name or "western" in name or "origin" in name for name in frame["measure"])


def test_thirty_households_are_enough(made):
    made.arrays["rehoused"][:, 2, 2, REHOUSED.index("households")] = FEWEST_HOUSEHOLDS
    assert "far" in set(rehoused_frame(made, "s")["area"])
    made.arrays["rehoused"][:, 2, 2, REHOUSED.index("households")] -= 0.25
    assert "far" not in set(rehoused_frame(made, "s")["area"])


def test_empty_homes_and_their_cost_are_told_by_cause(made):
    frame = vacancy_frame(made, "s")
    assert set(frame["cause"]) == set(VACANCY) and len(frame) == 3 * 2 * len(VACANCY)
    row = rows(frame, area="far", year=2020, cause="demand")
    assert row["homes_mean"].item() == made.arrays["housing"][:, 1, 2, HOUSING.index("vacant_demand")].mean()
    assert row["cost_1000_dkk_p90"].item() == pytest.approx(
        np.percentile(made.arrays["housing"][:, 1, 2, HOUSING.index("cost_demand")], 90)
    )


def test_lettings_and_chains_have_a_row_for_each(made):
    assert len(lettings_frame(made, "s")) == 3 * 2 * len(LETTINGS)
    assert list(rows(chains_frame(made, "s"), year=2019)["length"]) == list(CHAINS)


def test_an_ensemble_without_these_records_has_no_such_tables(made):
    assert housing_frames(Ensemble(LAYOUT, made.draws, made.replicates, {"stock": made.arrays["stock"]}), "s") == {}


def test_the_first_year_under_a_limit_is_told_once_for_each_member():
    """Three members and lists: kept from the second list on, kept on the first and lost again, never kept; a limit that does not bind."""
    breached = np.full((3, 3, 1, len(INDICATORS)), np.nan)
    breached[:, :, 0, SHARE] = [[1, 0, 0], [0, 1, 0], [1, 1, 1]]
    nothing = np.zeros_like(breached)
    frame = first_met_frame(Measures(("old",), (2019, 2020, 2021), nothing, nothing, breached, nothing, nothing), "s")
    share = rows(frame, indicator="social_family_share")
    assert share["probability_first"].tolist() == pytest.approx([1 / 3, 1 / 3, 0])
    assert share["probability_met"].tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3])
    assert rows(frame, indicator="convicted")["probability_first"].isna().all()


def test_a_hidden_answer_to_an_offer_does_not_follow_from_the_offers(made):
    """Offers are refused or moved to: where one of the answers is hidden, so are the offers; else they are told."""
    frame = rows(rehousing_frame(made, "s"), side="from", year=2019, landlord="a").set_index("measure")["mean"]
    assert frame["offers"] == 10 and frame[["refused_offers", "rehoused_own", "rehoused_other"]].notna().all()
    made.arrays["rehousing"][:, :, 0, REHOUSING.index("rehoused_other")] = 3.0
    frame = rows(rehousing_frame(made, "s"), side="from", year=2019, landlord="a").set_index("measure")["mean"]
    assert np.isnan(frame["offers"]) and np.isnan(frame["rehoused_other"]) and frame["rehoused_own"] == 10


@pytest.mark.parametrize(("few", "beside"), [("dissolved", "waiting"), ("waiting", "left")])
def test_one_hidden_end_of_a_wait_does_not_follow_from_the_others(made, few, beside):
    made.arrays["rehousing"][:, :, 0, REHOUSING.index(few)] = 3.0
    frame = rows(rehousing_frame(made, "s"), side="from", year=2019, landlord="a").set_index("measure")["mean"]
    assert np.isnan(frame[few]) and np.isnan(frame[beside]) and frame["noticed"] == 10


def test_over_all_years_those_rehoused_elsewhere_do_not_follow_from_all_who_were_rehoused(made):
    made.arrays["rehousing"][:] = 10.0
    told = rehousing_total_frame(made, "s").set_index("measure")["mean"]
    assert told["rehoused_own"] == 40 and told["offers"] == 40
    made.arrays["rehousing"][..., REHOUSING.index("rehoused_other")] = 0.5  # two over all years
    told = rehousing_total_frame(made, "s").set_index("measure")["mean"]
    assert told[["rehoused_own", "rehoused_other", "offers"]].isna().all()
