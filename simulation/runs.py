"""What a run is asked for, and what it is once it is finished."""

import csv
import json
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from simulation.files import write_atomic
from simulation.provenance import Inputs

if TYPE_CHECKING:
    from simulation.workers.cluster import Address

DRAWS, REPLICATES = 50, 2
SEED = 1
QUICK_DRAWS, QUICK_REPLICATES = 4, 1
WHOLE = frozenset({"list_year"})  # columns of the printed tables that hold whole numbers


class Watch(Protocol):
    """Who is told how a run goes."""

    def progress(self, done: int, total: int) -> None:
        """Hear how many members of how many are done."""

    def notice(self, code: str, values: dict[str, object]) -> None:
        """Hear what went wrong and is mended."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How often, from which seed, where to, by how many workers, and in which language."""

    draws: int = DRAWS
    replicates: int = REPLICATES
    seed: int = SEED
    out: Path = Path("outputs")
    workers: int = 1
    lang: str = "en"
    cluster: "Address | None" = None  # who simulates, where it is not local processes


def settings_of(
    *,
    draws: int | None,
    replicates: int | None,
    workers: int | None,
    quick: bool,
    seed: int | None,
    out: Path,
    lang: str,
    cluster: "Address | None" = None,
) -> Settings:
    """Fill in what was not given."""
    from simulation.workers.local import available_workers

    return Settings(
        draws=draws or (QUICK_DRAWS if quick else DRAWS),
        replicates=replicates or (QUICK_REPLICATES if quick else REPLICATES),
        workers=workers or available_workers(),
        seed=SEED if seed is None else seed,
        out=out,
        lang=lang,
        cluster=cluster,
    )


def cluster_of(scheduler: str | None, ca: Path | None = None, cert: Path | None = None, key: Path | None = None) -> "Address | None":
    """Return where the scheduler answers; None without one. Raises InputErrors where the address or a file of it cannot be right."""
    if scheduler is None and not (ca or cert or key):
        return None
    from simulation.workers.cluster import checked

    return checked(scheduler or "", ca, cert, key)


@dataclass
class Clock:
    """Seconds by stage; times stand in `timing.json` alone, outside what is the same for the same id."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)

    def write(self, folder: Path, settings: "Settings") -> None:
        """Write `timing.json`: the only file of a run that differs from one time to the next."""
        finished = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        by = {"scheduler": settings.cluster.url} if settings.cluster else {"workers": settings.workers}
        machine = {"machine": platform.platform(), "python": platform.python_version()}
        told = {"seconds": self.seconds, **by, **machine, "finished": finished}
        write_atomic(folder / "timing.json", json.dumps(told, indent=1) + "\n")


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished run: where it lies, and the two tables that answer first."""

    scenario: str
    run_id: str
    folder: Path
    seed: int
    draws: int
    replicates: int
    summary: list[dict[str, Any]]
    status: list[dict[str, Any]]
    title: str  # of the scenario
    names: dict[str, str]  # of the areas, by slug
    assumed: frozenset[tuple[str, str]]  # area and indicator of each value of the first list that no source gives
    again: bool  # it was finished before

    def as_json(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        told = asdict(self) | {"folder": str(self.folder)}
        return {name: value for name, value in told.items() if name not in ("title", "names", "assumed", "again")}


def finished_run(
    inputs: Inputs, folder: Path, again: bool, *, title: str, names: dict[str, str], assumed: frozenset[tuple[str, str]]
) -> Run:
    """Read a finished run back, so that one told again is told in the same numbers."""
    return Run(
        scenario=inputs.scenario,
        run_id=inputs.run_id,
        folder=folder,
        seed=inputs.seed,
        draws=inputs.draws,
        replicates=inputs.replicates,
        summary=_rows(folder / "summary.csv"),
        status=_rows(folder / "status.csv"),
        title=title,
        names=names,
        assumed=assumed,
        again=again,
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [{name: _cell(name, text) for name, text in row.items()} for row in csv.DictReader(stream)]


def _cell(name: str, text: str) -> Any:
    if not text:
        return None
    try:
        return int(text) if name in WHOLE else float(text)
    except ValueError:
        return text
