"""Every number with its source, as docs/parameters.md shows them: `python -m tests.parameter_table` writes the page anew."""

from collections.abc import Iterator
from itertools import groupby, takewhile
from pathlib import Path

from simulation.law.book import book
from simulation.scenario import load

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "parameters.md"
BY_AGE = ROOT / "scenarios" / "rates" / "demography.yaml"  # its first lines say what the tables beside it are
BOOKS = ("criteria", "categories", "convictions", "family_share", "letting", "labour_states", "switches")
SCENARIOS = {
    "reference": "What every scenario starts from: the place, the rates of behaviour, and the choices of the reference",
    "plan": "What the plan says beyond it, or otherwise",
    "plan_all_measures": "What the plan with all its measures says beyond those, or otherwise",
}
DATES = ("valid_from_list", "valid_to_list")
WORDS = {
    *DATES,
    "source",
    "certainty",
    "note",
    "unit",
    "danish",
    "about",
    "allowed",
    "bar",
}  # what an entry of the law says around its value
HEAD = """# Every number

Generated from the data by `python -m tests.parameter_table`, never by hand; a test compares. A path is what `--set` takes (but for
the law, which is no choice). *drawn*: each set of parameter values takes another value from the range; *fitted*: from the draws of the
calibration; without a range the number is the same in every draw. **sourced**: read in the source named; **derived**: worked out from
it; **assumed**: nobody knows, and the source says why this one. What a scenario does not say is the default of its key, which changes
nothing (no lag, no lock-in, no limit of age). The published values of the past lie beside the place as `published.csv`, each with its
source.
"""
COLUMNS = "\n| number | value | range | unit | basis | source |\n|---|---|---|---|---|---|\n"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or "–"


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"


def of_scenarios() -> Iterator[tuple[str, str]]:
    """Yield a heading and a row for every number of the scenarios; one said before is not said again."""
    told: set[object] = set()
    for name in SCENARIOS:
        for number in load(name).parameters():
            if number in told:
                continue
            told.add(number)
            reach = "" if number.low is None else f"{_shown(number.low)} to {_shown(number.high)}"
            how = ", fitted" if number.fitted else ", drawn" if number.drawn else ""
            source = number.source + (f" ({number.note})" if number.note else "")
            yield name, _row(f"`{number.path}`", _shown(number.value), reach + how, number.unit, number.basis, source)


def _entries(tree: object, path: str, unit: str = "") -> Iterator[tuple[str, str, dict]]:
    """Yield path, unit and entry for everything in a book of the law that states a source."""
    if isinstance(tree, list):
        for inner in tree:
            yield from _entries(inner, path, unit)
    elif isinstance(tree, dict):
        unit = tree.get("unit", unit)
        if "source" in tree:
            yield path, unit, tree
        for name, inner in tree.items():
            if "source" not in tree:
                yield from _entries(inner, f"{path}.{name}", unit)


def of_the_law() -> Iterator[str]:
    """Yield a row for every entry of the law."""
    for name in BOOKS:
        for path, unit, entry in _entries(book(name), name):
            said = {key: value for key, value in entry.items() if key not in WORDS}
            value = "; ".join(_shown(value) if key == "value" else f"{key}: {_shown(value)}" for key, value in said.items())
            lists = "–".join(str(entry[key]) for key in DATES) if DATES[0] in entry else ""
            unit = "years, counted from that of the list" if path.endswith(".reference_years") else unit
            yield _row(
                f"`{path}`", value, ", ".join(filter(None, (entry.get("bar", ""), lists))), unit, entry["certainty"], entry["source"]
            )


def _tables_by_age() -> str:
    lines = takewhile(lambda line: line.startswith("#"), BY_AGE.read_text(encoding="utf-8").splitlines())
    return "\n## Tables by single age\n\n" + " ".join(" ".join(lines).replace("#", "").split()) + "\n"


def page() -> str:
    """Return the page."""
    parts = [HEAD, "\n## The law\n\nDated data in `simulation/law/data/`; the range is the lists it holds for.\n", COLUMNS, *of_the_law()]
    for name, rows in groupby(of_scenarios(), key=lambda pair: pair[0]):
        parts += [f"\n## {SCENARIOS[name]} (`{name}`)\n", COLUMNS, *(row for _, row in rows)]
    return "".join([*parts, _tables_by_age()])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
