"""What the documents hold: their blocks of code, the files they give, and their commands."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
UNMARKED = re.compile(r"^```\n(.*?)^```|^((?: {4}[^\n]*\n)+)", re.M | re.S)  # blocks without a language
FENCE = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```", re.M | re.S)
# The pages that are there in both languages, the English one first.
TWINS = {
    "docs/ten_minutes.md": "docs/da/ti_minutter.md",
    "docs/scenarios.md": "docs/da/scenarier.md",
    "docs/reading_the_report.md": "docs/da/rapporten.md",
    "docs/questions.md": "docs/da/spoergsmaal.md",
    "docs/windows.md": "docs/da/windows.md",
}


@dataclass(frozen=True)
class Block:
    """A block of code: its language, the name of the file that it is (often none), and where it stands."""

    document: str
    line: int
    language: str
    file: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command as a document gives it, as words; and where it stands."""

    document: str
    line: int
    text: str

    @property
    def words(self):
        """Return the words, comments left out."""
        return shlex.split(self.text, comments=True)

    @property
    def twin(self):
        """Return the same in the other language."""
        return self.text.split(" #")[0].replace("--lang da", "").split()


def documents():
    """Return every document by its path from the root."""
    paths = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("da/*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def blocks(name, text):
    """Yield the blocks of code of a document."""
    for found in FENCE.finditer(text):
        yield Block(name, text[: found.start()].count("\n") + 1, found[1], found[2] or "", found[3])


def commands(name, text):
    """Yield the commands of a document: a line each, unless it ends with a backslash, or joins some with &&."""
    for block in blocks(name, text):
        lines = block.text.replace("\\\n", "").splitlines() if block.language == "sh" else []
        for number, line in enumerate(lines, 1):
            parts = (part.strip().removeprefix(".venv/bin/") for part in line.split(" && "))
            yield from (Command(name, block.line + number, part) for part in parts if shlex.split(part, comments=True))


def all_commands():
    """Return the commands of every document."""
    return [command for name, text in documents().items() for command in commands(name, text)]
