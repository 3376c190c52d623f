"""Small scenario folders for tests: a toy place, and files written from text."""

from pathlib import Path
from textwrap import dedent

PLACE = """
name: Toy
landlords: [north, south]
departments:
  - {id: first, name: First, area: town, homes: 100, basis: assumed, source: a toy}
  - {id: second, name: Second, area: town, homes: 50, basis: assumed, source: a toy}
areas:
  - {id: town, name: Town}
  - {id: elsewhere, name: Elsewhere}
level: {value: 0.4, low: 0.2, high: 0.9, unit: share, basis: assumed, source: a toy}
letters: {a: 0.25, b: 0.75, unit: share, basis: derived, source: a toy}
binding: true
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file below a folder and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def toy(folder: Path, text: str = "", name: str = "toy.yaml", place: str = PLACE) -> Path:
    """Write a toy place and a scenario that extends the shipped root; lines of `text` begin on line 4."""
    write(folder, "places/toy/place.yaml", place)
    write(folder, "goalless.yaml", "extends: reference.yaml\ngoals: []\n")
    return write(folder, name, "extends: goalless.yaml\nplace: toy\n#\n" + dedent(text).lstrip("\n"))
