"""Who uses the page: each browser has its own scenario, its own run and its own folder, and sees no other's."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulation.files import InputErrors, Problem, sha256_of, write_atomic
from simulation.scenario import load
from simulation.scenario.sources import shipped_folder, shipped_names
from simulation.web.changing import Changes, changed_text, file_name
from simulation.web.jobs import FIRST, Job
from simulation.web.levers import Lever, levers_of
from simulation.web.wrong import at_fields
from simulation.words import say

MOST_SESSIONS = 50  # the one that was silent longest goes first
LONGEST_TITLE = 80
TOKEN_BYTES = 32
FOLDER_DIGITS = 12  # of the token's hash, which tells nobody the token


@dataclass
class Session:
    """One browser's work: the scenario it chose, what it changed, and its last run."""

    folder: Path
    lang: str = "en"
    name: str = FIRST
    own: str | None = None  # the text of the user's own file
    title: str = ""
    changes: Changes = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)  # how to run it: futures, base, seed
    job: Job | None = None
    ran: tuple[object, ...] = ()  # what the job was begun with
    turn: threading.Lock = field(default_factory=threading.Lock)  # one change at a time, in place before it is asked for

    @property
    def given(self) -> Path | str:
        """Return the scenario as it was chosen: a shipped name, or the file of the user's text."""
        return self.name if self.own is None else self.folder / "given" / f"{self.name}.yaml"

    def levers(self) -> dict[str, Lever]:
        """Return the levers of the scenario as it was chosen."""
        return levers_of(load(str(self.given)))

    @property
    def chosen(self) -> tuple[object, ...]:
        """Return all that makes the scenario what it is."""
        return self.name, self.own, self.title, dict(self.changes)

    def choose(self, name: str) -> None:
        """Take a shipped scenario. Raises InputErrors."""
        if name not in choices():
            raise InputErrors([Problem(name, 0, 0, "", "scenario_not_found", {"given": name, "allowed": choices()})])
        self.name, self.own, self.changes, self.title = name, None, {}, ""

    def open(self, name: str, text: str) -> None:
        """Take a user's own file. Raises InputErrors where it is not sound; then all stays as it was."""
        stem = file_name(Path(name).stem) or "scenario"
        path = self.folder / "given" / f"{stem}.yaml"
        write_atomic(path, text)
        try:
            load(str(path))
        except InputErrors:
            if self.own is not None and stem == self.name:
                write_atomic(path, self.own)
            raise
        self.name, self.own, self.changes, self.title = stem, text, {}, ""

    def change(self, changes: Mapping[str, object], title: str) -> None:
        """Take what was set on the page; what is no lever of the scenario is left out."""
        levers = self.levers()
        self.changes = {path: value for path, value in changes.items() if path in levers and isinstance(value, (str, bool))}
        self.title = title.strip()[:LONGEST_TITLE]

    @property
    def stem(self) -> str:
        """Return the name of the file of the changed scenario."""
        return file_name(self.title) or f"{self.name}_changed"

    def text(self) -> str:
        """Return the file of the changed scenario."""
        named = self.title or say("web.changed_title", self.lang, title=load(str(self.given)).title(self.lang))
        return changed_text(self.name, self.own, self.changes, self.levers(), named)

    def written(self) -> Path | str:
        """Write the changed scenario and return its file; the one it was chosen as where nothing is changed. Raises InputErrors."""
        if not self.changes and not self.title:
            return self.given
        path = self.folder / "changed" / f"{self.stem}.yaml"
        write_atomic(path, self.text())
        try:
            load(str(path))
        except InputErrors as errors:
            raise InputErrors(at_fields(errors.problems, self.changes, self.levers())) from None
        return path


def choices() -> list[str]:
    """Return the shipped scenarios that can be run."""
    return shipped_names()


class Sessions:
    """Every session, by a token that only its browser has."""

    def __init__(self, out: Path, lang: str) -> None:
        self._out, self._lang, self._found = out, lang, OrderedDict[str, Session]()
        self._lock = threading.Lock()

    def get(self, token: str | None) -> tuple[str, Session]:
        """Return the session of a token; a new one, with a new token, where there is none."""
        with self._lock:
            if token is None or token not in self._found:
                token = secrets.token_urlsafe(TOKEN_BYTES)
                self._found[token] = Session(self._out / sha256_of(token.encode())[:FOLDER_DIGITS], self._lang)
                if len(self._found) > MOST_SESSIONS:
                    self._leave(self._found.popitem(last=False)[1])
            self._found.move_to_end(token)
            return token, self._found[token]

    def known(self, token: str | None) -> Session | None:
        """Return the session of a token; None where there is none."""
        return self._found.get(token) if token is not None else None

    def close(self, seconds: float) -> None:
        """Stop every run, and wait as long for each to end."""
        for session in self._found.values():
            if session.job is not None:
                session.job.stop(seconds)

    def _leave(self, session: Session) -> None:
        if session.job is not None:
            session.job.stop()


def titles(lang: str) -> dict[str, str]:
    """Return the titles of the shipped scenarios by name, in the order of their names."""
    from ruamel.yaml import YAML

    found = {}
    for name in choices():
        told = YAML(typ="safe", pure=True).load((shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8")).get("title", name)
        found[name] = told[lang] if isinstance(told, dict) else str(told)
    return found
