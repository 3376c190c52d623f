"""What the plan leaves behind, read as a user would read it: exact columns, and numbers that agree with each other."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.records import CHANGES, FLOWS

ROOT = Path(__file__).resolve().parents[2]
QUICK = ("run", str(ROOT / "scenarios" / "plan.yaml"), "--quick")
LISTS = range(2019, 2031)
# The columns of the interface, held fixed.
COLUMNS = {
    "indicators": "scenario, draw, replicate, area, list_year, indicator, value, threshold, breached",
    "summary": "scenario, area, list_year, indicator, mean, p10, p50, p90, threshold, probability_breached, denominator, "
    "short_p10, short_p50, short_p90",
    "status": "scenario, area, list_year, category, probability",
    "flows": "scenario, draw, replicate, area, year, flow, persons",
    "homes": "scenario, draw, replicate, area, department, year, change, dwellings",
}
INDICATORS = {
    "outside_labour_market",
    "convicted",
    "basic_schooling_only",
    "mean_income",
    "non_western",
    "social_family_share",
    "residents",
}
AREAS = ["vollsmose", "kertemindevejkvarteret"]
KEYS = ["draw", "replicate", "area"]


def blandetby(*given):
    done = subprocess.run([sys.executable, "-m", "simulation", *map(str, given)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The quick run of the plan, as the document on standard output."""
    done = blandetby(*QUICK, "--json", "--out", tmp_path_factory.mktemp("outputs"))
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def folder(told):
    return Path(told["folder"])


@pytest.fixture(scope="module")
def tables(folder):
    return {name: pd.read_csv(folder / f"{name}.csv") for name in COLUMNS}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_of_the_interface(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8") as stream:
        assert stream.readline().rstrip("\n").replace(",", ", ") == COLUMNS[name]


def test_every_file_of_the_interface_is_there(folder):
    files = {path.name for path in folder.iterdir()}
    assert {
        f"{name}.csv" for name in (*COLUMNS, "composition", "milestones", "city", "decomposition", "rehousing", "rehoused", "vacancy")
    } <= files
    assert {"records.parquet", "scenario.resolved.yaml", "provenance.json", "report.html", "workbook.xlsx", "figures"} <= files
    assert not [path for path in folder.rglob("*") if path.name.endswith(("~", ".tmp", ".part"))]


def test_the_document_tells_the_tables(told, tables):
    """`--json` holds the summary and the status, row by row."""
    for name in ("summary", "status"):
        table = pd.DataFrame(told[name])
        assert list(table.columns) == COLUMNS[name].split(", ")
        pd.testing.assert_frame_equal(table, tables[name], check_dtype=False, rtol=1e-4, atol=1e-4)


def test_every_area_list_and_indicator_has_its_row(tables):
    found = tables["summary"]
    assert set(found.area) == set(AREAS) and set(found.list_year) == set(LISTS)
    asked = found.groupby(["area", "list_year"]).indicator.agg(set)
    assert all(INDICATORS - {"social_family_share"} <= names <= INDICATORS for names in asked)
    assert not found.duplicated(["area", "list_year", "indicator"]).any()
    members = tables["indicators"].groupby(["area", "list_year", "indicator"]).size()
    assert set(members) == {4}


def test_the_summary_is_that_of_the_members(tables):
    values = tables["indicators"].groupby(["area", "list_year", "indicator"]).value
    summary = tables["summary"].set_index(["area", "list_year", "indicator"])
    for name, of_members in {
        "mean": values.mean(),
        "p10": values.quantile(0.1),
        "p50": values.quantile(0.5),
        "p90": values.quantile(0.9),
        "probability_breached": tables["indicators"].dropna(subset="breached").groupby(["area", "list_year", "indicator"]).breached.mean(),
    }.items():
        both = pd.concat([summary[name].rename("told"), of_members.astype(float).rename("members")], axis=1).dropna()
        assert len(both) >= len(AREAS) * len(LISTS) * 5
        np.testing.assert_allclose(both.told, both.members, atol=2e-3, err_msg=name)


def test_a_breach_is_a_value_beyond_its_threshold(tables):
    rows = tables["indicators"].dropna(subset=["threshold", "breached"])
    rows = rows[rows.indicator.isin(INDICATORS - {"residents", "social_family_share"})]
    below = rows.indicator == "mean_income"
    beyond = np.where(below, rows.value < rows.threshold, rows.value > rows.threshold)
    clear = (rows.value - rows.threshold).abs() > 1e-3  # the table is rounded
    assert (beyond[clear] == rows.breached[clear].astype(bool)).all()
    assert rows.breached.astype(bool).any() and not rows.breached.astype(bool).all()


def test_probabilities_of_the_categories_sum_to_one(tables):
    sums = tables["status"].groupby(["area", "list_year"]).probability.sum()
    assert len(sums) == len(AREAS) * len(LISTS)
    np.testing.assert_allclose(sums, 1, atol=1e-3)
    assert tables["status"].probability.between(0, 1).all()


def test_the_categories_have_the_name_of_the_day(tables):
    names = tables["status"].groupby("list_year").category.agg(set)
    assert "hard_ghetto" in names[2019] and "conversion" not in names[2019]
    assert {"conversion", "parallel_society", "prevention"} <= names[2030]
    first = tables["status"].query("list_year == 2019 and probability == 1").set_index("area").category
    assert first.to_dict() == {"vollsmose": "hard_ghetto", "kertemindevejkvarteret": "vulnerable"}


def test_flows_balance_with_the_residents(folder):
    """Persons now are persons before, and who came, less who went: from the records alone, in every member, area and year."""
    records = pd.read_parquet(folder / "records.parquet").sort_values([*KEYS, "list_year"])
    came = records[["born", "moved_in", "rehoused_in", "temporary_in"]].sum(axis=1, skipna=False)
    net = came - records[["died", "moved_out", "rehoused_out", "temporary_out"]].sum(axis=1, skipna=False)
    change = records.groupby(KEYS, observed=True)["residents"].diff(-1)
    lived = net.notna()
    assert lived.sum() == (len(LISTS) - 1) * len(records) / len(LISTS)
    assert (net[lived] == -change[lived]).all() and net[lived].abs().max() > 0


def test_flows_are_those_of_the_records_but_for_small_counts(tables, folder):
    records = pd.read_parquet(folder / "records.parquet").rename(columns={"list_year": "year"})
    flows = tables["flows"].pivot(index=[*KEYS, "year"], columns="flow", values="persons")
    assert set(flows.columns) == set(FLOWS)
    exact = records.set_index([*KEYS, "year"])[list(flows.columns)].reindex(flows.index)
    shown = flows.notna()
    assert (flows[shown].fillna(0) == exact[shown].fillna(0)).all(axis=None)
    assert not ((flows > 0) & (flows < 5)).any(axis=None)
    assert ((exact > 0) & (exact < 5)).any(axis=None), "the control: there is something to hide"
    assert (~shown).sum(axis=1).ne(1).all(), "one hidden flow alone could be computed from the residents"


def test_the_thousand_homes_of_the_plan(tables):
    """1,000 planned in all; what is not pulled down by the end is delayed; emptied = rehoused + left."""
    homes = tables["homes"]
    assert {"planned", "emptied", "emptied_rehoused", "emptied_left", "demolished", "renovated", "built", "delayed"} <= set(homes.change)
    assert set(homes.change) <= set(CHANGES)
    wide = homes.pivot_table(index=["draw", "replicate"], columns="change", values="dwellings", aggfunc="sum")
    assert (wide.planned == 1000).all()
    last = homes.query("change == 'delayed' and year == 2029").groupby(["draw", "replicate"]).dwellings.sum()
    assert (wide.demolished + last == 1000).all()
    assert (wide.emptied >= wide.demolished).all()
    assert (wide.emptied == wide.emptied_rehoused + wide.emptied_left).all()


def test_no_small_count_is_told(folder):
    table = pd.read_csv(folder / "composition.csv")
    shown = table[~table.suppressed.astype(bool)].persons.dropna()
    assert ((shown == 0) | (shown >= 5)).all()
    assert table.suppressed.astype(bool).any(), "the control: there is something to suppress"


def test_the_same_command_gives_the_same_bytes_elsewhere(told, folder, tmp_path):
    other = json.loads(blandetby(*QUICK, "--json", "--out", tmp_path, "--workers", "1").stdout)
    assert other["run_id"] == told["run_id"]
    there = Path(other["folder"])
    names = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    assert names == {path.relative_to(there) for path in there.rglob("*") if path.is_file()}
    differing = [str(name) for name in names if name.name != "timing.json" and (folder / name).read_bytes() != (there / name).read_bytes()]
    assert differing == []


def test_a_finished_run_is_not_done_again(told, folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = json.loads(blandetby(*QUICK, "--json", "--out", folder.parents[1]).stdout)
    assert again == told
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
