"""What the rehousing does to the receiving areas: told within one run, and against the run without it, paired by seed."""

import numpy as np
import pytest

from simulation.engine import simulate
from simulation.records import CRITERIA
from tests.core import scenario

DRAWS = 6
OUTSIDE = CRITERIA.index("outside_labour_market")


@pytest.mark.slow
def test_the_account_within_a_run_agrees_with_the_pair():
    """Left out of the counts, or never come: the share outside of the largest receiving group differs by chance alone.

    The homes that nobody is rehoused to are let to ordinary newcomers, so the pair differs a little from the account.
    """
    plan, without = (scenario(name) for name in ("plan", "plan_without_rehousing"))
    area = [a["id"] for a in plan.tree["place"]["areas"]].index("civica_other")
    pairs = [(simulate(plan, 1, draw, 0), simulate(without, 1, draw, 0)) for draw in range(DRAWS)]
    account = np.array([a.criteria[-1, area, OUTSIDE] - a.criteria_without_rehoused[-1, area, OUTSIDE] for a, _ in pairs])
    paired = np.array([a.criteria[-1, area, OUTSIDE] - b.criteria[-1, area, OUTSIDE] for a, b in pairs])
    assert account.mean() > 0.5, "the control: there is something to tell"
    assert abs((account - paired).mean()) < 0.4
    assert all((b.rehoused == 0).all() for _, b in pairs)


@pytest.mark.slow
def test_areas_that_receive_nobody_are_as_they_were():
    """The other half of the pair differs only where somebody was rehoused to."""
    plan, without = (simulate(scenario(name), 1, 0, 0) for name in ("plan", "plan_without_rehousing"))
    areas = [a["id"] for a in scenario("plan").tree["place"]["areas"]]
    untouched = areas.index("others_other")
    assert (plan.criteria[:, untouched] == without.criteria[:, untouched]).all()
