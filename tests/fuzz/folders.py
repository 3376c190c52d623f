"""Finished folders that are spoiled and yet whole by their own account, accounts of studies, places to write to, draws of a fit."""

import io
import json
import sys
import tempfile
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from simulation import provenance, route
from simulation.files import InputErrors, sha256_of
from simulation.runs import Settings
from simulation.scenario import load
from simulation.verifying import OTHERS
from tests.fuzz.inputs import EXAMPLES, ROOT, Input, tree_in, yaml_of
from tests.fuzz.values import nasty, spoil_bytes, spoil_tree

SHORT = ["--quiet", "--workers", "1", "--out", "out"]
TOLD = (provenance.RESOLVED, "records.parquet", "summary.csv")  # what of a run is read again
DRAWS = "draws"  # stands where a command does
FITTED = ROOT / "calibration" / "fitted" / "vollsmose.csv"
PLACES = ("out", "out/x", "a.yaml", "a.yaml/x", "/dev/null", "/dev/null/x", "/proc/x", "loop", "loop/x", "gone", "gone/x")
PLACES += ("out/" + "a" * 300, "out/" + "d/" * 1500 + "e", "out/é\udcff", "out/a\nb", "out/{}", "out/%s", "out/ ", "out/-x")


class _Unheard:
    def progress(self, done: int, total: int) -> None:
        """Hear nothing."""

    notice = progress


@cache
def _run() -> dict[str, bytes]:
    """Return the files of a short run that are read again."""
    with tempfile.TemporaryDirectory() as out:
        settings = Settings(draws=1, replicates=2, out=Path(out))
        folder = route.run(str(EXAMPLES / "eksempelby.yaml"), ["last_year=2020"], settings, _Unheard()).folder
        own = [path for path in folder.rglob("*") if path.is_file() and (path.name in TOLD or "places" in path.parts)]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*own, folder / provenance.FILE]}


def _records(content: bytes, chance: Random) -> bytes:
    """Change a column of records, or leave out rows."""
    frame, stream = pd.read_parquet(io.BytesIO(content)), io.BytesIO()
    column, what = chance.choice(list(frame.columns)), chance.randrange(5)
    if what == 0:
        frame = frame.drop(columns=column)
    elif what == 1:
        frame = frame.iloc[chance.randrange(len(frame)) :]
    elif what == 2:
        frame = frame.rename(columns={column: chance.choice(("x", "area", "list_year"))}).T.drop_duplicates().T.astype(str)
    else:
        frame[column] = [chance.choice((None, 0.0, -1.0, 1e300, float("nan"), 2.0)) for _ in range(len(frame))]
    try:
        frame.to_parquet(stream)
    except ValueError:  # two columns of one name
        return content
    return stream.getvalue()


def _whole(files: dict[str, bytes], told: Any) -> bytes:
    """Return an account under which spoiled files are what they were."""
    if isinstance(told, dict) and isinstance(told.get("outputs"), dict):
        told["outputs"] = {name: sha256_of(files[name]) for name in told["outputs"] if name in files}
        told["resolved_sha256"] = sha256_of(files[provenance.RESOLVED])
        if all(name in told for name in provenance.Inputs.__dataclass_fields__):
            told["run_id"] = provenance.Inputs(**{name: told[name] for name in provenance.Inputs.__dataclass_fields__}).run_id
    return yaml_of(told)


def finished(chance: Random) -> Input:
    """Two runs, the second spoiled: proved, compared, done again."""
    files, told = dict(_run()), json.loads(_run()[provenance.FILE])
    name = chance.choice((*TOLD, *TOLD, provenance.FILE))
    if name == provenance.FILE:
        told = spoil_tree(told, chance, chance.randrange(1, 4))
    elif name == "records.parquet" and chance.random() < 0.8:
        files[name] = _records(files[name], chance)
    elif name == provenance.RESOLVED and chance.random() < 0.8:
        files[name] = yaml_of(spoil_tree(tree_in(files[name].decode()), chance, chance.randrange(1, 3)))
    else:
        files[name] = spoil_bytes(files[name], chance)
    if chance.random() < 0.9:
        try:
            files[provenance.FILE] = _whole(files, told)
        except TypeError:  # an account that no id can be made of
            files[provenance.FILE] = yaml_of(told)
    placed = {f"run/{name}": content for name, content in _run().items()} | {f"other/{name}": content for name, content in files.items()}
    given = chance.choice((["verify", "other"], ["compare", "run", "other"], ["compare", "other", "run"], ["run", "--from", "other"]))
    return Input([*given, *(SHORT if given[0] != "verify" else [])], placed, stops=True)


def accounts(chance: Random) -> Input:
    """A folder that says it is a study, a comparison, a budget or a calibration."""
    model = {"code": "0", "law": "0"}
    told: dict[str, Any] = {"model": model, "versions": {}, "outputs": {"a.csv": sha256_of(b"a")}, "lang": "en", "seed": 1, "files": {}}
    kinds: dict[str, Any] = {
        "study.json": told | {"study_id": "0", "scenario": "plan", chance.choice(("asked", "lever", "pairs", "x")): {}},
        "comparison.json": told | {"comparison_id": "0", "sides": [{"name": "plan", "members": "0"}, {"name": "a", "members": "1"}]},
        "before_after.json": [],
        "provenance.json": json.loads(_run()[provenance.FILE]) | {"outputs": {"packages.csv": "0"}},
    }
    kinds["study.json"]["study_id"] = OTHERS["study.json"][1](kinds["study.json"])
    kinds["comparison.json"]["comparison_id"] = OTHERS["comparison.json"][1](kinds["comparison.json"])
    names = chance.sample(list(kinds), chance.randrange(1, 3))
    files = {f"run/{name}": yaml_of(spoil_tree(kinds[name], chance, chance.randrange(0, 3))) for name in names}
    files = {name: spoil_bytes(content, chance) if chance.random() < 0.2 else content for name, content in files.items()}
    given = chance.choice((["verify", "run"], ["compare", "run", "run"], ["compare", ".", "run"], ["run", "--from", "run"]))
    return Input([*given, *(SHORT if given[0] != "verify" else [])], files | {"run/a.csv": b"a"}, stops=True)


def placed(chance: Random) -> Input:
    """Where outputs are to go: files, links, names that no folder can have."""
    to = chance.choice(PLACES)
    given = chance.choice(
        (
            ["run", "a.yaml", "--out", to],
            ["compare", "a.yaml", "plan", "--out", to],
            ["goal", "a.yaml", "--lever", "homes", "--out", to],
            ["budget", "a.yaml", "--frame", "1", "--out", to],
            ["budget", "a.yaml", "--template", to],
            ["sensitivity", "a.yaml", "--method", "one-at-a-time", "--out", to],
            ["attribution", "a.yaml", "--out", to],
            ["plan", "a.yaml", "--workbook", to],
            ["calibrate", "--quick", "--out", to],
        )
    )
    kept = {"out": b"x"} if chance.random() < 0.2 else {}
    return Input(
        [*given, *(["--quiet"] if given[0] != "plan" else [])],
        {"a.yaml": b"extends: plan\n"} | kept,
        {"loop": "loop", "gone": "nowhere/there"},
        stops=True,
    )


def draws(chance: Random) -> Input:
    """Draws of a fit, spoiled."""
    lines = FITTED.read_text(encoding="utf-8").splitlines()[: chance.randrange(1, 9)]
    cells = [line.split(",") for line in lines]
    for _ in range(chance.randrange(4)):
        row = chance.choice(cells)
        row[chance.randrange(len(row))] = str(nasty(chance))[:400]
    content = "\n".join(",".join(row) for row in cells).encode("utf-8", "replace")
    return Input([DRAWS], {"fitted/vollsmose.csv": spoil_bytes(content, chance) if chance.random() < 0.4 else content})


def drawn() -> int:
    """Read the draws of the folder as a run does; return 0, or 2 with what is wrong."""
    from simulation.problems import line

    try:
        scenario = load("plan", fitted=Path("fitted"))
        scenario.drawn(1, range(3))
    except InputErrors as errors:
        sys.stdout.write("\n".join(line(problem) for problem in errors.problems))
        return 2
    return 0
