"""Two finished runs beside each other: what differs, and from one to the other one change at a time: model, law, choices, data.

The law stands in two places: what a scenario chooses of it, its section ``law``, and the law's own numbers, which are installed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import provenance
from simulation.comparing import Compared, check_places, comparison_id, write
from simulation.destination import writable
from simulation.files import InputErrors, Problem, locked
from simulation.folders import run_of
from simulation.installed import installed_model
from simulation.route import area_names, inputs_of, simulate_members
from simulation.runs import Settings, Watch
from simulation.words import say

if TYPE_CHECKING:
    import pandas as pd

    from simulation.decisions.comparison import Side
    from simulation.decisions.outcomes import Outcomes
    from simulation.scenario import Scenario

DECIDES = "outside_labour_market"
LAW = "law"
MODEL, LAW_NUMBERS, BOTH = "model", "law_numbers", "model_and_law"  # steps from a run's own numbers to what is installed
MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished run: its folder, what it says of itself, its scenario as the installed model reads it, and its numbers."""

    folder: Path
    told: dict[str, Any]
    scenario: "Scenario"
    outcomes: "Outcomes"

    @property
    def apart(self) -> str:
        """Return what is installed otherwise than when it was made: the model, the law's own numbers, both; empty where neither is."""
        then, now = self.told["model"], installed_model()
        if then == now:
            return ""
        same_law, same_model = then.get(LAW) == now[LAW], {**then, LAW: ""} == {**now, LAW: ""}
        return MODEL if same_law else LAW_NUMBERS if same_model else BOTH

    @property
    def installed(self) -> bool:
        """Return whether the model that made it is the installed one, the law's own numbers too."""
        return not self.apart


def are_finished(names: Sequence[str]) -> bool:
    """Return whether folders are named; raise InputErrors where only some names are folders."""
    folders = [Path(name).is_dir() for name in names]
    if any(folders) and not all(folders):
        odd = names[folders.index(False)]
        raise InputErrors([Problem(file=odd, key="SCENARIO", code="folders_and_scenarios")])
    return all(folders)


def compare_finished(names: Sequence[str], settings: Settings, watch: Watch) -> Compared:
    """Compare finished runs with the first of them; the change to the second is taken apart. Raises InputErrors."""
    import pandas as pd

    from simulation.decisions.comparison import Comparison
    from simulation.decisions.differences import differences

    runs = [_finished(Path(name)) for name in names]
    if len(runs) == 1:
        raise InputErrors([Problem(file=names[0], key="SCENARIO", code="nothing_to_compare")])
    check_places(names, [run.scenario for run in runs])
    _check_seeds(runs)
    writable(settings.out)
    base, *others = _sides(runs, settings.lang)
    walk = _Walk(replace(settings, **_counts(runs)), watch)
    steps, notes = walk.steps(runs[0], runs[1])
    frame = pd.concat([differences(base.outcomes, side.outcomes, (base.name, side.name)) for side in others], ignore_index=True)
    comparison = Comparison(
        comparison_id=comparison_id([run.told["run_id"] for run in runs], settings.lang),
        base=base,
        others=others,
        frame=frame,
        areas=area_names(runs[0].scenario),
        list_areas=[area["id"] for area in runs[0].scenario.tree["place"]["areas"] if area["list_area"]],
        steps=steps,
        notes=notes,
        asked=[f"outputs/{run.told['scenario']}/{run.told['run_id']}" for run in runs],
        **_counts(runs),
    )
    return Compared(comparison, write(comparison, settings))


def _sides(runs: Sequence[Finished], lang: str) -> "list[Side]":
    from simulation.decisions.comparison import Side

    sides: list[Side] = []
    for number, run in enumerate(runs, start=1):
        name, title = f"{run.told['scenario']} {run.told['run_id']}", f"{run.scenario.title(lang)} ({run.told['run_id']})"
        taken = any(side.name == name for side in sides)
        sides.append(Side(f"{name} {number}" if taken else name, title, run.told["run_id"], run.outcomes, run.scenario))
    return sides


def _counts(runs: Sequence[Finished]) -> dict[str, Any]:
    return {"seed": runs[0].told["seed"], **{key: min(run.told[key] for run in runs) for key in ("draws", "replicates")}}


def _finished(folder: Path) -> Finished:
    """Read a finished run back. Raises InputErrors where it is not what it was, or its scenario can no longer be read."""
    from simulation.decisions.finished import finished_outcomes
    from simulation.scenario import load

    told = run_of(folder)
    if problems := provenance.verify_folder(folder):
        raise InputErrors(problems)
    scenario = load(folder / provenance.RESOLVED).model_copy(update={"name": told["scenario"]})
    try:
        return Finished(folder, told, scenario, finished_outcomes(folder))
    except (
        OSError,
        LookupError,
        ValueError,
        TypeError,
        ArithmeticError,
        RuntimeError,
    ):  # whole by its account, and yet no run that this model can read
        raise InputErrors([Problem(file=str(folder), code="records_unread", values={"place": folder})]) from None


def _check_seeds(runs: Sequence[Finished]) -> None:
    problems = [
        Problem(file=str(run.folder), key="seed", code="seeds_differ", values={"seed": run.told["seed"], "base": runs[0].told["seed"]})
        for run in runs[1:]
        if run.told["seed"] != runs[0].told["seed"]
    ]
    if problems:
        raise InputErrors(problems)


@dataclass(frozen=True)
class _Walk:
    """From one finished run to another through the installed model."""

    settings: Settings
    watch: Watch

    def steps(self, first: Finished, last: Finished) -> "tuple[pd.DataFrame, list[str]]":
        """Return the change of each step, as rows of differences with the column ``step``; and what cannot be taken apart."""
        import pandas as pd

        from simulation.decisions.differences import differences

        notes: list[str] = []
        reached, frames = first.outcomes, []
        for step, outcomes in self._stations(first, last, notes):
            frame = differences(reached, outcomes, ("", step))
            last_list = frame["list_year"] == frame["list_year"].max()
            frames.append(frame[(frame["measure"] == DECIDES) & last_list].assign(step=step))
            reached = outcomes
        if not frames:
            return pd.DataFrame(columns=["area", "step"]), [say("compare.trace.nothing", self.settings.lang)]
        return pd.concat(frames, ignore_index=True), notes

    def _stations(self, first: Finished, last: Finished, notes: list[str]) -> "Iterator[tuple[str, Outcomes]]":
        """Yield each step that changes anything, and the numbers after it."""
        then, now = self._data(first, notes), self._data(last, notes)
        start = _changed(first, then)
        if not first.installed:
            notes.append(say(f"compare.trace.{first.apart}", self.settings.lang, run=first.told["run_id"]))
            yield first.apart, self._outcomes(start)
        reached = start
        for step, sections, data in (
            ("law", _with_law(first.scenario, last.scenario), then),
            ("choices", last.scenario, then),
            ("data", last.scenario, now),
        ):
            station = _changed(last, data) if sections is last.scenario else _loaded(sections, data, first)
            if station.resolved_yaml() != reached.resolved_yaml():
                yield step, last.outcomes if last.installed and _same(station, last) else self._outcomes(station)
                reached = station
        if not last.installed:
            notes.append(say(f"compare.trace.{last.apart}", self.settings.lang, run=last.told["run_id"]))
            yield last.apart, last.outcomes

    def _data(self, run: Finished, notes: list[str]) -> tuple[str, ...]:
        from simulation.decisions.restoring import restored

        found = restored(run.told, run.scenario)
        if found.lost:
            shown = ", ".join(found.lost[:MOST_NAMED]) + (", …" if len(found.lost) > MOST_NAMED else "")
            notes.append(say("compare.trace.lost", self.settings.lang, run=run.told["run_id"], count=len(found.lost), names=shown))
        return found.overrides

    def _outcomes(self, scenario: "Scenario") -> "Outcomes":
        from simulation.decisions.simulated import outcomes_of

        members = self.settings.out / ".members" / inputs_of(scenario, self.settings).members_id
        with locked(members.with_suffix(".lock"), on_wait=lambda: self.watch.notice("waiting", {})):
            return outcomes_of(simulate_members(scenario, self.settings, members, self.watch), scenario)


def _same(station: "Scenario", run: Finished) -> bool:
    return station.resolved_yaml() == run.scenario.resolved_yaml()


def _changed(run: Finished, overrides: Sequence[str]) -> "Scenario":
    """Return the scenario of a run with its data put back."""
    from simulation.scenario import load

    if not overrides:
        return run.scenario
    return load(run.folder / provenance.RESOLVED, list(overrides)).model_copy(update={"name": run.told["scenario"]})


def _with_law(scenario: "Scenario", other: "Scenario") -> "Scenario":
    """Return a scenario under the law section of another."""
    sections = scenario.sections.model_copy(update={LAW: other.sections.law})
    # Made anew, not copied: a copy would keep what was worked out of the old sections.
    fields = {name: getattr(scenario, name) for name in type(scenario).model_fields}
    return type(scenario)(**{**fields, "sections": sections, "tree": {**scenario.tree, LAW: other.tree[LAW]}})


def _loaded(scenario: "Scenario", overrides: Sequence[str], run: Finished) -> "Scenario":
    """Return a scenario whose law was changed, with the data of ``run`` put back."""
    if not overrides:
        return scenario
    return _with_law(_changed(run, overrides), scenario)
