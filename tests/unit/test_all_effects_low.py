"""The scenario of the worst ends has every effect at the worst end of the range that the plan gives it."""

from simulation.scenario import load


def test_every_effect_is_at_its_worst_end():
    plan, low = ({measure.id: measure for measure in load(name).sections.measures} for name in ("plan", "all_effects_low"))
    acting = [measure for measure in plan.values() if measure.acts_on != "none" and measure.effect.low is not None]
    assert acting
    for measure in acting:
        worst = measure.effect.high if measure.acts_on == "conviction" else measure.effect.low
        tried = low[measure.id]
        assert (tried.effect.low, tried.effect.value, tried.effect.high) == (worst, worst, worst), measure.id
        assert tried.lock_in.value == (measure.lock_in.high or measure.lock_in.value), measure.id
        assert tried.grade == ("tried" if measure.grade == "none" else measure.grade), measure.id


def test_all_else_is_as_in_the_plan():
    plan, low = load("plan").sections, load("all_effects_low").sections
    for name in ("demolition", "renovation", "new_homes", "rehousing", "city", "law", "goals"):
        assert getattr(plan, name) == getattr(low, name)
    assert [measure.id for measure in plan.measures] == [measure.id for measure in low.measures]
