"""A short scenario with four measures that have prices, two of them with an effect, and the workbook filled in for it."""

import io
import textwrap

from openpyxl import load_workbook

from simulation.decisions.budget.reading import plain_table
from simulation.decisions.budget.template import workbook_of
from simulation.scenario import load

MEASURE = """
- id: {id}
  subprogramme: jobs_and_education
  decided: false
  funded: true
  from: 2019
  to: 2022
  areas: [vollsmose, kertemindevejkvarteret]
  target: {{labour: [cash_benefit_activity_ready, cash_benefit_job_ready], age_from: 18, age_to: 64}}
  capacity: {{value: {places}, unit: participants a year, basis: assumed, source: made up}}
  acts_on: {acts_on}
  effect: {{value: {effect}, low: {low}, high: {high}, unit: relative change, basis: assumed, source: made up}}
  fade_years: {{value: 3, unit: years, basis: assumed, source: made up}}
  grade: {grade}
  cost: {{payer: "", price_level: 2019, thousand_dkk: {{"2019": {cost}, "2020": {cost}, "2021": {cost}, "2022": {cost}}}}}
"""
STRONG = {"places": 300, "acts_on": "job_entry", "effect": 1.0, "low": 0.8, "high": 1.2, "grade": "strong"}
NONE = {"places": 300, "acts_on": "job_entry", "effect": 0, "low": -0.3, "high": 0.3, "grade": "none"}


def write_scenario(folder):
    """Write the scenario into a folder and return its path."""
    measures = [
        MEASURE.format(id="large", cost=1000, **STRONG),
        MEASURE.format(id="small", cost=500, **{**STRONG, "places": 60}),
        MEASURE.format(id="untried", cost=100, **NONE),
        MEASURE.format(id="silent", cost=100, **{**NONE, "acts_on": "none"}),
    ]
    text = f"extends: reference.yaml\ntitle: Four measures\nlast_year: 2022\nmeasures:\n{textwrap.indent(''.join(measures), '  ')}\n"
    path = folder / "four.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def write_workbook(folder, path, frame, lang="en", **cells):
    """Write the workbook of a scenario with one frame in the common room, and cells (measure__column = value)."""
    scenario = load(path)
    book = load_workbook(io.BytesIO(workbook_of(scenario, plain_table(scenario), lang)))
    frames = book.worksheets[2]
    for column in range(2, 6):
        frames.cell(frames.max_row, column).value = frame
    page = book.worksheets[1]
    heads = {cell.value: cell.column for cell in page[1]}
    for place, value in cells.items():
        measure, column = place.split("__")
        row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == measure)
        page.cell(row, heads[column.replace("_", " ")]).value = value
    book.save(folder / "filled.xlsx")
    return folder / "filled.xlsx"
