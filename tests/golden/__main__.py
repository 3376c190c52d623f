"""Small runs written down: `python -m tests.golden` does them anew and writes tests/golden/*.csv.

They prove that nothing changed, never that anything is right. A change of them belongs in a commit that says "results change" and why.
"""

import tempfile
from pathlib import Path

import pandas as pd

from simulation import route
from simulation.runs import Settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNS = {
    "plan": ("plan", 2030),
    "eksempelby": (str(ROOT / "docs" / "examples" / "eksempelby.yaml"), 2025),
}
DRAWS, REPLICATES = 2, 1
DECIMALS = {"convicted": 2, "residents": 0}  # as published tables print them; all others have one


class Quiet:
    """A watch that says nothing."""

    def progress(self, done, total):
        """Hear nothing."""

    def notice(self, code, values):
        """Hear nothing."""


def written(number: float, decimals: int) -> str:
    """Return a number as text, without a sign at nought; nothing where it is suppressed or there is none."""
    return "" if pd.isna(number) else f"{round(number, decimals) + 0.0:.{decimals}f}"


def lists_of(folder: Path) -> pd.DataFrame:
    """Return a row per area and list: the mean of each indicator, and how many of the members have which category."""
    summary, status = pd.read_csv(folder / "summary.csv"), pd.read_csv(folder / "status.csv")
    place = ["area", "list_year"]
    wide = summary.pivot(index=place, columns="indicator", values="mean")[list(dict.fromkeys(summary["indicator"]))]
    wide = pd.DataFrame({name: [written(value, DECIMALS.get(name, 1)) for value in wide[name]] for name in wide}, index=wide.index)
    likely = status[status["probability"] > 0]
    said = likely["category"] + " " + likely["probability"].map(lambda value: written(value, 1))
    return wide.join(said.groupby([likely[name] for name in place]).agg("; ".join).rename("category")).reset_index()


def years_of(folder: Path) -> pd.DataFrame:
    """Return a row per area and year: the persons that came and went, and the homes built and pulled down, as means."""
    moves, homes = pd.read_csv(folder / "movements.csv"), pd.read_csv(folder / "homes.csv")
    homes = homes[homes["change"].isin(("built", "demolished"))].rename(columns={"change": "flow"})
    members = homes.groupby(["draw", "replicate"]).ngroups
    homes = (homes.groupby(["area", "year", "flow"], sort=False)["dwellings"].sum() / members).rename("mean").reset_index()
    both = pd.concat([moves, homes])
    wide = both.pivot(index=["area", "year"], columns="flow", values="mean")[list(dict.fromkeys(both["flow"]))]
    return wide.map(lambda value: written(value, 1)).reset_index()


def made() -> dict[str, str]:
    """Do the runs; return the text of each file by its name."""
    texts = {}
    with tempfile.TemporaryDirectory() as out:
        for name, (scenario, last_year) in RUNS.items():
            settings = Settings(draws=DRAWS, replicates=REPLICATES, out=Path(out))
            folder = route.run(scenario, [f"last_year={last_year}"], settings, Quiet()).folder
            for part, table in (("lists", lists_of(folder)), ("years", years_of(folder))):
                texts[f"{name}_{part}.csv"] = table.to_csv(index=False, lineterminator="\n")
    return texts


if __name__ == "__main__":
    for name, text in made().items():
        (HERE / name).write_text(text, encoding="utf-8")
