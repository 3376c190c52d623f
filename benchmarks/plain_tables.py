"""What plain objects look up: the same rates as the columns', turned into lists once, since lists are what plain Python reads fastest."""

from itertools import accumulate
from typing import Any

import numpy as np

from simulation.population.now import Now
from simulation.population.profiles import AGES, at_ages
from simulation.population.prospects import benefit_ratios
from simulation.population.queues import Lists
from simulation.population.spells import exits
from simulation.population.stock import stock_in
from simulation.records import LABOUR, ORIGIN

OLDEST = 130  # years that tables by age reach to


def running(shares: Any) -> list[float]:
    return list(accumulate(shares))


def by_age(table: Any, column: str) -> list[float]:
    return at_ages(table, column, np.arange(OLDEST)).tolist()


def _shift(before: np.ndarray, after: np.ndarray) -> tuple[list, list]:
    """Return who is too many in each state, as a share of the state, and the running sum of where somebody is missing."""
    surplus = np.divide(np.maximum(before - after, 0), before, out=np.zeros_like(before), where=before > 0)
    return surplus.tolist(), np.maximum(after - before, 0).cumsum(axis=-1).tolist()


class Rates:
    """What holds in every year."""

    def __init__(self, now: Now) -> None:
        values, population = now.values, now.population
        rates = values["rates"]
        demography, households, people = rates["demography"], rates["households"], rates["population"]
        death = now.tables.death[np.minimum(np.arange(OLDEST), len(now.tables.death) - 1)]
        younger = now.tables.death[np.clip(np.arange(OLDEST) - 1, 0, len(now.tables.death) - 1)]
        self.death = ((death + younger) / 2 * demography["mortality"]).tolist()
        births = np.append(now.tables.births, np.zeros(OLDEST - len(now.tables.births)))
        fertility = np.array([demography["fertility"][origin] for origin in ORIGIN])
        yearly = (births[1:] + births[:-1]) / 2 * (np.arange(1, OLDEST) < len(now.tables.births)) * (np.arange(1, OLDEST) >= 15)
        self.birth = np.concatenate([np.zeros((1, len(ORIGIN))), yearly[:, None] * fertility]).tolist()
        self.girls, self.absent_danish = demography["girls"], people["absent_parent_danish"]
        self.leave_home = [share * households["leave_home_level"] for share in by_age(households["leave_home"], "share")]
        self.part, self.pair, self.pair_until = households["part"], households["pair"], int(households["pair_until_age"])
        self.lone_parent_female, self.partner_age_gap = people["lone_parent_female"], people["partner_age_gap"]
        self.origin_group = running(people["origin_group"][name] for name in ("danish", "western", "non_western"))
        self.mixed, self.descendant = people["mixed_couples"], by_age(people["descendant_share"], "share")
        self.citizen = [people["citizen_share"][name] for name in ORIGIN]
        self.level = running(people["level_above_basic"]["share"])
        self.adult_completion = rates["schooling"]["adult_completion"]
        self.completing = _completing(population, rates["schooling"]["completion_level"])
        self.more = population.more.tolist()
        self.exit = exits(values).tolist()
        self.leaving, self.years = population.spells.leaving.tolist(), population.spells.years.tolist()
        self.counted = now.counted.tolist()
        risk = rates["convictions"]
        relative = np.interp(np.arange(OLDEST), risk["by_age"]["ages"], risk["by_age"]["risk"]) * (np.arange(OLDEST) >= 15)
        self.risk, self.risk_women = relative.tolist(), risk["women"]
        self.risk_outside, self.risk_basic = risk["outside"], risk["basic_schooling"]
        self.conviction_level = population.conviction_level.tolist()
        self.wage, self.wage_spread = population.wage.tolist(), rates["income"]["wage_spread"]
        moving = rates["moving"]
        ratio = np.interp(np.arange(OLDEST), moving["by_age"]["ages"], moving["by_age"]["ratio"])
        self.moving, self.moving_mean = ratio.tolist(), population.moving.tolist()
        self.in_work, self.with_children, self.got_work = moving["in_work"], moving["with_children"], moving["got_work"]
        self.sitting_share, self.sitting_list = moving["sitting_share"], moving["sitting_list"]
        self.rooms = list(rates["homes"]["rooms"])
        self.rooms_by_size = [list(shares) for shares in rates["homes"]["rooms_by_size"]]
        fits = rates["rehousing"]["fits"]
        self.most_persons = dict(zip(fits["rooms"], fits["persons"], strict=True))
        self.lists = _queues(now)


def _completing(population: Any, level: float) -> list:
    """Return the chance that a student of an age on 1 January (index: age less 18) completes: backgrounds, ages, groups."""
    before, after = population.more[:, :-1], population.more[:, 1:]
    students = population.labour[:, :-1, :2, LABOUR.index("student")]
    gap = np.maximum(after - before, 0) / (1 - before)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.minimum(gap / students * level, 0.95)).tolist()


def _queues(now: Now) -> list[list[float]]:
    """Return for each background and number of rooms the running weights of those who apply."""
    lists = Lists(now.population)
    return (lists.cumulative.reshape(len(lists.start), -1) - lists.start[:, None]).tolist()


class Year:
    """What holds in one year, and for those who come at its end."""

    def __init__(self, now: Now) -> None:
        earlier, stock, exit_rates = stock_in(now, now.year - 1), stock_in(now, now.year), exits(now.values)
        self.churn, self.churn_now = ((table * exit_rates).cumsum(axis=-1).tolist() for table in (earlier, stock))
        # Who was of an age last year is compared with the next age's stock of this year.
        self.surplus, self.gaps = _shift(earlier[:, :-1], stock[:, 1:])
        self.new_surplus, self.new_gaps = _shift(now.population.labour, stock)
        self.stock = stock.cumsum(axis=-1).tolist()
        self.benefits = benefit_ratios(now.values, now.years_on).tolist()
        self.benefits_next = benefit_ratios(now.values, now.years_on + 1).tolist()
        self.trend, self.trend_before = now.city.trend_in(now.year), now.city.trend_in(now.year - 1)


AGE_0, AGE_END = int(AGES[0]), int(AGES[-1])
