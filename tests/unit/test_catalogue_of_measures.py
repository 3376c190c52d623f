"""The catalogue of the plan's measures: complete, each under its subprogramme, none with an effect from nowhere."""

from collections import Counter

import pytest

from simulation.files import InputErrors
from simulation.report.listing import plan_text
from simulation.route import plan as plan_route
from simulation.scenario import load
from simulation.scenario.catalogue import catalogue

# Decided and not decided in spring 2020, as the plan lists them; two stand under both of two subprogrammes.
LISTED = {
    "attractive_physical_surroundings": (11, 5),
    "growth_in_vollsmose": (0, 6),
    "jobs_and_education": (11, 11),
    "safe_district": (1, 4),
    "academic_lift_children_youth": (0, 8),
    "language_lift_children_youth": (0, 8),
    "good_childhood_settings": (2, 2),
    "culture_and_leisure": (0, 17),
    "healthier_vollsmose": (5, 8),
    "mixed_districts": (3, 3),
}
PARTS = {"ips"}  # of a measure that the plan lists, and not itself on its list


@pytest.fixture(scope="module")
def measures():
    return load("plan_all_measures").sections.measures


@pytest.mark.parametrize("subprogramme", LISTED)
def test_every_measure_of_a_subprogramme_is_there(measures, subprogramme):
    under = [m for m in measures if (m.subprogramme == subprogramme or subprogramme in m.also_under) and m.id not in PARTS]
    assert (sum(m.decided for m in under), sum(not m.decided for m in under)) == LISTED[subprogramme]


def test_the_plan_has_the_decided_ones_and_no_other(measures):
    assert {m.id for m in load("plan").sections.measures} == {m.id for m in measures if m.decided}


def test_each_has_an_id_of_its_own(measures):
    assert len({m.id for m in measures}) == len(measures)
    names = Counter(m.title.da for m in measures)
    assert [name for name, count in names.items() if count > 1] == ["Fokuserede indsatser"]
    assert {m.subprogramme for m in measures if m.title.da == "Fokuserede indsatser"} == {"safe_district", "culture_and_leisure"}
    assert {m.title.da for m in measures if m.also_under} == {
        "Forældreforløb i dagtilbud og skole",
        "Samarbejdsaftale mellem skole/dagtilbud og hjemmet",
    }


def test_no_effect_comes_from_nowhere(measures):
    for m in measures:
        if m.acts_on == "none":
            assert m.effect.value == 0 and not m.effect.drawn, m.id
        else:
            assert m.effect.drawn and m.effect.basis in ("sourced", "derived", "assumed") and m.effect.source, m.id
        if m.grade == "none":
            assert m.effect.value == 0 and (m.effect.low or 0) == -(m.effect.high or 0), m.id


def test_the_one_effect_with_evidence_is_kept_to_those_it_was_measured_on(measures):
    known = [m for m in measures if m.grade != "none"]
    assert [m.id for m in known] == ["ips"]
    ips = known[0]
    assert ips.part_of == "job_ready_investment" and ips.target.share.high <= 0.1
    yearly = [1 - (1 - share) ** (1 / 1.5) for share in (0.465, 0.599)]
    assert ips.effect.value == pytest.approx(yearly[1] / yearly[0] - 1, abs=0.01)


def test_stars_stand_beside_each_measure_of_a_subprogramme():
    entries = {entry.id: entry for entry in catalogue(load("plan_all_measures"))}
    assert entries["ips"].stars == {
        "physical_change": 2,
        "attract_investors": 4,
        "employment": 5,
        "welfare_lift": 4,
        "attract_and_retain_residents": 4,
        "mixed_city": 4,
    }
    assert entries["world_festival"].stars["employment"] == 3


@pytest.mark.parametrize(("lang", "said"), [("en", "cannot be calculated"), ("da", "kan ikke regnes")])
def test_the_plan_command_tells_every_measure(lang, said):
    found = plan_route("plan_all_measures", (), lang)
    text = " ".join(plan_text(found, lang).split())
    entries = found["measures"]
    assert len(entries) == 104 and all(entry["effect"] and entry["grade"] and entry["source"] and entry["acts_on"] for entry in entries)
    assert text.count(said) >= 100
    for word in ("PMC6727676", "Ravn"):
        assert word in text
    for entry in entries:
        assert entry["title"].split()[0] in text


@pytest.mark.parametrize(
    ("change", "code", "nearest"),
    [
        ("measures: [{id: ips, subprogramme: jobs_and_educaton}]", "not_allowed", "jobs_and_education"),
        ("measures: [{id: ips, part_of: job_ready_investmnt}]", "not_allowed", "job_ready_investment"),
        ("measures: [{id: ips, grade: none}]", "effect_without_evidence", None),
        ("synergies: [{id: both, measures: [ips, all_abord]}]", "not_allowed", "all_aboard"),
        ("goals: [{id: aim, indicator: public_support_gap, area: vollsmose, at_most: 3, list_year: 2025}]", "goal_area", None),
        ("goals: [{id: aim, indicator: convicted, at_most: 3, list_year: 2025}]", "goal_area", None),
        ("goals: [{id: aim, indicator: convicted, area: vollsmose, list_year: 2025}]", "goal_limit", None),
    ],
)
def test_mistakes_are_told(tmp_path, change, code, nearest):
    path = tmp_path / "mine.yaml"
    path.write_text(f"extends: plan.yaml\n{change}\n", encoding="utf-8")
    with pytest.raises(InputErrors) as told:
        load(str(path))
    (problem,) = told.value.problems
    assert problem.code == code and problem.values.get("nearest") == nearest
