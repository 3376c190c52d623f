"""Small scenario folders for tests: a toy place, and files written from text."""

from pathlib import Path
from textwrap import dedent

AREA = "one_area: true, listed_since: null, outside_before_pct: 40, on_vulnerable_list: true, development_plan: true"
AREA += ", turnover: turnover_social, rent: social, other_equivalents: 0"
AGES = "{0_6: 0.1, 7_17: 0.2, 18_24: 0.1, 25_29: 0.1, 30_39: 0.1, 40_49: 0.1, 50_59: 0.1, 60_64: 0.1, 65_up: 0.1}"
SHARES = f"""with_children: 0.3, ages: {AGES}, non_western: 0.5, non_western_ratio_0_14: 1, non_western_ratio_15_24: 1, western: 0.05,
     basic_18_29: 0.7, basic_30_59: 0.6, outside: 0.4, outside_split: {{disability_pension: 0.5, insured_unemployed: 0.5}}, student: 0.1,
     early_retirement: 0.01, home_without_benefit: 0.05, convicted: 0.02, income: 0.6, basis: assumed, source: a toy"""
PLACE = f"""
name: Toy
landlords: [north, south]
rehousing_landlords: [north]
waiting_lists: []
departments:
  - {{id: first, name: First, area: town, landlord: north, homes: 100, basis: assumed, source: a toy}}
  - {{id: second, name: Second, area: town, landlord: south, homes: 50, basis: assumed, source: a toy}}
  - {{id: third, name: Third, area: elsewhere, landlord: south, homes: 50, basis: assumed, source: a toy}}
areas:
  - {{id: town, name: Town, list_area: true, {AREA}}}
  - {{id: elsewhere, name: Elsewhere, list_area: false, {AREA}}}
populations:
  - {{id: town, area: town, tenure: social_family, residents: 300, {SHARES}}}
  - {{id: elsewhere, area: elsewhere, tenure: social_family, residents: 100, {SHARES}}}
  - {{id: let, area: none, tenure: private_let, residents: 2, {SHARES}}}
  - {{id: owned, area: none, tenure: owned, residents: 2, {SHARES}}}
level: {{value: 0.4, low: 0.2, high: 0.9, unit: share, basis: assumed, source: a toy}}
letters: {{a: 0.25, b: 0.75, unit: share, basis: derived, source: a toy}}
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
