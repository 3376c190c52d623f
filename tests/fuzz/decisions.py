"""What the commands that compare, choose, fit and study are handed: finished folders, workbooks, tables, options. Nothing is simulated."""

import io
import zipfile
from functools import cache
from random import Random

from simulation.decisions.budget.reading import plain_table
from simulation.decisions.budget.template import workbook_of
from simulation.law.published import READ
from simulation.scenario import load
from tests.fuzz.inputs import ROOT, SHIPPED, Input, csv_of, in_cells, provenance, sheet_of, tree_of, yaml_of, zipped
from tests.fuzz.values import KEYS, WORDS, nasty, spoil_tree

SHORT = ["--quiet", "--workers", "1", "--out", "out", "--draws", "2"]
FIT = ["--quiet", "--workers", "1", "--out", "out", "--quick"]
NUMBERS = ("0", "1", "-1", "2", "4", "7", "2025", "2029", "1e9", "0,5", "x", "", "nan", "99999999999999999999", "é")
PUBLISHED = (*READ, "boundary", "source")
STUDIES: dict[str, dict[str, tuple[str, ...]]] = {  # options, and values that fit them
    "sensitivity": {"--method": ("morris", "sobol", "one-at-a-time"), "--size": ("2", "4"), "--top": ("2", "5"), "--list-year": ("2026",)},
    "attribution": {"--base": ("historical", "plan"), "--by": ("group", "measure"), "--orders": ("1", "2"), "--list-year": ("2025",)},
    "goal": {
        "--criterion": ("outside", "income"),
        "--lever": ("homes", "letting"),
        "--list": ("2028",),
        "--area": ("vollsmose",),
        "--sure": ("0.5",),
    },
    "run": {"--seed": ("3",), "--replicates": ("2",), "--from": ("run",), "--scheduler": ("tcp://127.0.0.1:1",), "--tls-ca": ("a.yaml",)},
    "budget": {
        "--budget-year": ("2027",),
        "--frame": ("10",),
        "--replicates": ("1",),
        "--table": ("t.xlsx",),
        "--template": ("out/new.xlsx",),
    },
}


def _overrides(chance: Random) -> list[str]:
    if chance.random() < 0.7:
        return []
    return ["--set", f"{chance.choice(KEYS)}={chance.choice(NUMBERS)}"]


def compared(chance: Random) -> Input:
    """Scenarios of the user's own, shipped ones, other places, and folders that say they are finished runs."""
    files = {}
    for name in ("a.yaml", "b.yaml"):
        tree = tree_of(ROOT / "scenarios" / f"{chance.choice(SHIPPED)}.yaml")
        files[name] = yaml_of(spoil_tree(tree, chance, chance.randrange(0, 2)))
    for name in ("run", "other"):
        files |= {path.replace("run/", f"{name}/", 1): content for path, content in provenance(chance).files.items()}
    chosen = ("a.yaml", "b.yaml", "run", "other", "plan", "reference", "nothing", ".", "", "a.yaml")
    if chance.random() < 0.4:
        chosen = ("run", "other", ".")
    names = [chance.choice(chosen) for _ in range(chance.randrange(1, 4))]
    return Input(["compare", *names, *SHORT, *_overrides(chance)], files, stops=True)


@cache
def _template() -> tuple[tuple[str, str], ...]:
    scenario = load("plan_all_measures")
    with zipfile.ZipFile(io.BytesIO(workbook_of(scenario, plain_table(scenario, None), "da"))) as archive:
        return tuple((name, archive.read(name).decode()) for name in archive.namelist() if "docProps" not in name)


def _filled(xml: str, chance: Random) -> str:
    """Put a value into an empty cell."""
    parts = xml.split("/><c ")
    if len(parts) < 3:
        return xml
    at = chance.randrange(1, len(parts) - 1)
    value = chance.choice(("100", "-5", "1e300", "0.5", "99999999"))
    return "/><c ".join(parts[:at]) + "/><c " + parts[at] + f"><v>{value}</v></c><c " + "/><c ".join(parts[at + 1 :])


def budget(chance: Random) -> Input:
    """The workbook of the negotiation, filled in somehow."""
    parts = dict(_template())
    for _ in range(chance.randrange(6)):
        name = chance.choice([name for name in parts if "<v>" in parts[name]])
        parts[name] = in_cells(parts[name], chance) if chance.random() < 0.5 else _filled(parts[name], chance)
    content = zipped(parts, chance) if chance.random() < 0.9 else sheet_of(chance, ("Id", "Indsats", "2027", "2028"), 5, "Indsatser")
    more = ["--frame", chance.choice(NUMBERS)] if chance.random() < 0.3 else []
    return Input(
        ["budget", chance.choice(("plan_all_measures", "plan")), "--table", "t.xlsx", *SHORT, *more], {"t.xlsx": content}, stops=True
    )


def fitted(chance: Random) -> Input:
    """Published values to fit to, or to be scored on."""
    content = csv_of(chance, PUBLISHED, 6)
    if chance.random() < 0.5:
        lines = (ROOT / "scenarios" / "places" / "vollsmose" / "published.csv").read_text(encoding="utf-8").splitlines()
        cells = [line.split(",") for line in lines]
        for _ in range(chance.randrange(1, 5)):
            row = chance.choice(cells)
            row[chance.randrange(len(row))] = str(chance.choice(NUMBERS))
        content = "\n".join(",".join(row) for row in cells).encode()
    if chance.random() < 0.5:
        return Input(["calibrate", "--against", "t.csv", *FIT], {"t.csv": content}, stops=True)
    until = chance.choice(("2017", "2020", *NUMBERS))
    return Input(
        ["validate", "--until", until, "--against", chance.choice(("t.csv",) * 5 + (".", "/etc")), *FIT], {"t.csv": content}, stops=True
    )


def studied(chance: Random) -> Input:
    """Options of the commands that study a scenario."""
    command = chance.choice(list(STUDIES))
    given = [command, chance.choice(("plan", "a.yaml")), "--quiet", "--workers", "1", "--out", "out"]
    options = STUDIES[command]
    for option in chance.sample(list(options), chance.randrange(1, 3)):
        fits = chance.random() < 0.7 or option == "--template"  # which writes where it is told
        given += [option, chance.choice(options[option] if fits else (*NUMBERS, *WORDS))]
    tree = {"extends": chance.choice(("plan", "reference", "historical")), "last_year": chance.choice((2030, 2030, nasty(chance)))}
    return Input([*given, *_overrides(chance)], {"a.yaml": yaml_of(tree)}, stops=True)
