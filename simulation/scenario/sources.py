"""Where scenarios and the data they name lie: the user's folders first, then those that ship with the program."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from simulation.files import FileTooLargeError, Problem, read_within, sha256_of
from simulation.scenario.merging import nearest
from simulation.scenario.nodes import Node, parse
from simulation.scenario.spreadsheet import NotASpreadsheetError
from simulation.scenario.workbook import read_workbook

MEGABYTE = 1_000_000
SCENARIO_ENDINGS = (".yaml", ".yml", ".xlsx")
# The largest shipped scenario has 0.04 megabytes, the largest table 0.01; what is far beyond is no such file, and takes minutes.
MOST_SCENARIO, MOST_TABLE = 1 * MEGABYTE, 10 * MEGABYTE


def shipped_folder() -> Path:
    """Return the folder of the scenarios, rates and places that ship with the program."""
    return Path(str(files("scenarios")))


def fitted_folder() -> Path:
    """Return the folder of the fitted parameter draws that ship with the program."""
    return Path(str(files("calibration"))) / "fitted"


def shipped_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


@dataclass
class Sources:
    """The files that one scenario has read, each once: content by path, name and hash, and the problems met."""

    problems: list[Problem] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    home: Path | None = None  # the folder of the scenario that the user named: no path in a file leads out of it, but to what is shipped
    roots: list[tuple[Path, str]] = field(default_factory=lambda: [(shipped_folder(), "")])
    fitted: Path = field(default_factory=fitted_folder)

    def __post_init__(self) -> None:
        self.roots.append((self.fitted, "fitted/"))

    def within(self, path: Path) -> bool:
        """Return whether a file that another names lies where it may, links followed: below the scenario's folder, or shipped."""
        allowed = (shipped_folder(), *([self.home] if self.home else []))
        try:
            return any(path.resolve().is_relative_to(folder.resolve()) for folder in allowed)
        except (OSError, RuntimeError):  # a link that leads to itself
            return False

    def read(self, path: Path, shown: str | None = None) -> bytes | None:
        """Return the content of a file and note its hash; None and a problem where it cannot be read."""
        most = MOST_SCENARIO if path.suffix.lower() in (".yaml", ".yml") else MOST_TABLE
        try:
            content = read_within(path, most)
        except FileTooLargeError:
            told = {"allowed": f"{most // MEGABYTE} MB"}
            self.problems.append(Problem(shown or path.name, 0, 0, "", "file_too_large", told))
            return None
        except OSError as error:
            self.problems.append(Problem(shown or path.name, 0, 0, "", "not_readable", {"told": error.strerror or str(error)}))
            return None
        self.hashes[self._name(path)] = sha256_of(content)
        return content

    def yaml(self, path: Path, shown: str | None = None) -> Node | None:
        """Return a YAML file as nodes, or None with the problems told."""
        content = self.read(path, shown)
        if content is None:
            return None
        try:
            text = content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.problems.append(Problem(shown or self._name(path), line, 0, "", "not_utf8"))
            return None
        root, problems = _parsed(text, shown or self._name(path), path.resolve().is_relative_to(shipped_folder().resolve()))
        self.problems.extend(problems)
        return root

    def scenario(self, path: Path, shown: str) -> Node | None:
        """Return a scenario, from YAML or from a workbook, as nodes, or None with the problems told."""
        if path.suffix.lower() != ".xlsx":
            return self.yaml(path, shown)
        content = self.read(path, shown)
        try:
            return None if content is None else read_workbook(content, shown, self.problems)
        except NotASpreadsheetError as error:
            self.problems.append(Problem(shown, 0, 0, "", "table_broken", {"told": str(error)}))
            return None

    def note(self, path: Path) -> None:
        """Note the hash of a data file that a process will read by itself."""
        self.read(path)

    def root(self, folder: Path) -> None:
        """Name the files below a folder from that folder on."""
        self.roots.append((folder, ""))

    def _name(self, path: Path) -> str:
        """Return the name of a file that does not tell where on this machine it lies."""
        resolved = path.resolve()
        if resolved in self.names:
            return self.names[resolved]
        for root, prefix in self.roots:
            if resolved.is_relative_to(root.resolve()):
                self.names[resolved] = prefix + resolved.relative_to(root.resolve()).as_posix()
                return self.names[resolved]
        name = resolved.name
        while name in self.names.values():  # two of the user's files of one name, from two folders
            name = "_" + name
        self.names[resolved] = name
        return name


@lru_cache(maxsize=64)
def _parsed(text: str, shown: str, ours: bool) -> tuple[Node | None, tuple[Problem, ...]]:
    """Parse a file once for all scenarios that rest on it; nodes are never changed once they are read."""
    problems: list[Problem] = []
    return parse(text, shown, problems, ours=ours), tuple(problems)


def is_file(path: Path) -> bool:
    """Return whether there is such a file; a name that no file can have, or a link that leads to itself, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def find_scenario(name: str, beside: Path | None, problems: list[Problem], asker: Node | None = None) -> Path | None:
    """Return the file of a scenario: a path (beside the file that names it), else a shipped name."""
    written = Path(name)
    tried = [written if beside is None else beside / written]
    if not written.suffix and written.name not in ("", ".."):
        tried.append(tried[0].with_suffix(".yaml"))
    if written.parent == Path():
        tried.append(shipped_folder() / (name if written.suffix else f"{name}.yaml"))
    for path in tried:
        if is_file(path):
            return path
    problems.append(_not_found(name, asker))
    return None


def _near(path: Path) -> str | None:
    """Return the file beside a path that is nowhere, or the shipped scenario, whose name is most like it."""
    try:
        beside = {file.name: str(file) for file in path.parent.iterdir() if file.suffix in SCENARIO_ENDINGS}
    except (OSError, ValueError):
        beside = {}
    if found := nearest(path.name, beside):
        return beside[found]
    return nearest(path.stem, shipped_names()) if path.parent == Path() else None


def _not_found(name: str, asker: Node | None) -> Problem:
    if asker is None and ("/" in name or "\\" in name or Path(name).suffix in (".yaml", ".yml") or Path(name).is_dir()):
        if os.path.lexists(name) and not Path(name).is_dir():
            return Problem(name, 0, 0, "", "no_plain_file")
        near = _near(Path(name))
        return Problem(name, 0, 0, "", "not_a_file" if Path(name).is_dir() else "no_such_file", {"nearest": near} if near else {})
    values = {"given": name, "allowed": shipped_names(), "nearest": nearest(Path(name).stem, shipped_names())}
    return asker.problem("extends", "scenario_not_found", **values) if asker else Problem(name, 0, 0, "", "scenario_not_found", values)
