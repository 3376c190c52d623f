"""Find counts of one to four people in whatever a run leaves behind: tables, workbooks, pages with their figures.

What is looked for is told here by itself, not read from the model: which columns, rows, headings and words stand for people
or households. Distances to a limit, differences between scenarios, percentages and homes count nobody.
"""

import re
from html.parser import HTMLParser
from math import isfinite
from pathlib import Path

import openpyxl
import pandas as pd

FEWEST = 5.0
SUMMARY = ("mean", "p10", "p50", "p90")
# Table -> columns that count people; and the column whose values say that a row counts something else.
PEOPLE = {
    "flows": (("persons",), "", ()),
    "movements": (SUMMARY, "", ()),
    "composition": (("persons",), "", ()),
    "decomposition": (SUMMARY, "indicator", lambda row: row["indicator"] != "residents" or row["source"] == "change"),
    "families": (SUMMARY, "quantity", lambda row: str(row["quantity"]).endswith(("_share", "_pct", "rate"))),
    "rehousing": (SUMMARY, "measure", lambda row: row["measure"] == "mean_wait_years"),
    "rehousing_total": (SUMMARY, "", ()),
    "rehoused": (SUMMARY, "measure", lambda row: row["measure"] not in ("households", "persons", "children_0_17", "moved_again")),
    "lettings": (SUMMARY, "measure", lambda row: row["measure"] == "investors_wait"),  # areas
    "chains": (SUMMARY, "", ()),
    "measures": (("participants",), "", ()),
    "programme": (SUMMARY, "change", lambda row: row["change"] != "emptied_persons"),
    "city": (("rehoused_in_all", *SUMMARY), "indicator", lambda row: row["indicator"] != "residents"),
    "summary": (SUMMARY, "indicator", lambda row: row["indicator"] != "residents"),
    "indicators": (("value",), "indicator", lambda row: row["indicator"] != "residents"),
    "arithmetic": (("staying", "newcomers"), "lever", lambda row: "equivalents" in row["lever"]),
    "differences": (("base_value", "scenario_value"), "unit", lambda row: row["unit"] != "persons"),
}
NOBODY = {
    *("status", "status_without_origin", "populations", "first_met", "promises", "family_share", "homes", "building", "vacancy"),
    *("milestones", "gap", "lag", "spread", "correlations", "explained", "assumed_part"),  # chances, homes, distances, parts
    *("packages", "attribution", "reach", "measures_by_year"),  # differences, and kroner
}
OF_BUDGET = "quantity"  # the measures of a budget: persons fewer, a difference
UNITS = ("persons", "households", "residents", "personer", "husstande", "beboere")
COUNTING = ("person", "participants", "deltagere", "others", "newcomers", "øvrige", "tilflyttere")  # in headings
DIFFERENCES = ("Distance to the city",)  # a sheet in persons that counts none: beyond the level of the city
DISTANCE = ("short", "spare", "mangler", "overs", "til rest")
WORDS = (
    r"(?:fuldtids)?person(?:er|s)?|people|residents?|beboere?|inhabitants?|households?|husstande?|children|børn|newcomers?|tilflyttere?"
    r"|participants?|deltagere?|citizens?|borgere?|adults|voksne"
)
COUNTED = re.compile(
    rf"(?<![\d.,+\-−–])([1-4](?:[.,]\d{{1,2}})?)[ \u00a0](?:full-time[ ])?(?:{WORDS})\b(?! (?:to spare|til overs|fewer|færre|more|flere))",
    re.IGNORECASE,
)
SPARE = re.compile(r"(?:short by|mangler) [\d.,]+", re.IGNORECASE)
NUMBER = re.compile(r"[−-]?\d{1,3}(?:[.,]\d{3})*(?:[.,]\d+)?")


def is_few(value):
    """Return whether a number is a count of somebody, and of fewer than five."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value) and 0 < abs(value) < FEWEST


def in_table(name, frame):
    """Return the small counts of one table as text, a line each; fails for a table that nobody declared."""
    if name in NOBODY or (name == "measures" and OF_BUDGET in frame):
        return []
    columns, _, other = PEOPLE[name]
    rows = frame[[not (other and other(row)) for row in frame.to_dict("records")]] if len(frame) else frame
    return [f"{name}.{column}: {value}" for column in columns if column in rows for value in rows[column] if is_few(value)]


def in_workbook(path):
    """Return the small counts of a workbook: of rows whose unit is people, and of columns whose heading is."""
    found = []
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets[1:]:
        rows = list(sheet.iter_rows(values_only=True))
        if len(rows) < 4 or sheet.title in DIFFERENCES:
            continue
        about, heads = str(rows[0][0]), [str(head) for head in rows[2]]
        unit = next((at for at, head in enumerate(heads) if head in ("Unit", "Enhed")), None)
        for row in (row for row in rows[3:] if "change in all" not in row):
            people = (unit is not None and str(row[unit]).lower() in UNITS) or re.search(r": person(?:s|er),", about.lower())
            found += [
                f"{sheet.title} / {head}: {cell}"
                for head, cell in zip(heads, row, strict=False)
                if is_few(cell) and (people or any(word in head.lower() for word in COUNTING))
                if not any(word in head.lower() for word in DISTANCE) and "homes counted" not in head and "boliger talt" not in head
            ]
    return found


class Read(HTMLParser):
    """The words of a page: running text, tables with their captions, figures with theirs."""

    def __init__(self):
        super().__init__()
        self.text, self.tables, self.figures = [], [], []
        self.caption, self.open, self.row = "", [], None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.open.append(tag)
        if tag == "svg":
            self.figures.append([given.get("aria-label") or "", []])
        if tag == "table":
            self.tables.append([self.caption, []])
        if tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        if tag in ("td", "th") and self.tables:
            self.tables[-1][1][-1].append("")
        if given.get("class") == "caption":
            self.caption = ""

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" in self.open:
            return
        if "svg" in self.open:
            self.figures[-1][1].append(data.strip())
        elif self.open and self.open[-1] in ("td", "th") and self.tables:
            self.tables[-1][1][-1][-1] += data
        else:
            self.text.append(data)
            if self.open and self.open[-1] == "p":
                self.caption = data


def number_of(text):
    """Return a number as a page writes it in either language; None where a text is none."""
    found = text.strip()
    if not NUMBER.fullmatch(found):
        return None
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", found.replace("−", "-"))
    return float(plain.replace(",", "."))


def in_page(html):
    """Return the small counts of a page: in its sentences, in tables of people, and on figures of people."""
    read = Read()
    read.feed(html)
    found = in_text(" ".join(read.text))
    for caption, rows in read.tables:
        of_people = re.search(r", persons,|, personer,|^Persons|^Personer", caption)
        found += [f"{caption[:40]}: {row[0]}: {cell}" for row in rows[1:] for cell in row[1:] if of_people and is_few(number_of(cell))]
        found += [line for row in rows for cell in row for line in in_text(cell)]
        named = [at for at, head in enumerate(rows[0] if rows else []) if re.search(r"Rehoused there|Genhuset dertil", head)]
        found += [f"{caption[:40]}: {row[at]}" for row in rows[1:] for at in named if is_few(number_of(row[at]))]
    for label, words in read.figures:
        of_people = any(re.search(r"; person", word) for word in words)
        found += [f"figure: {label[:40]}: {word}" for word in words if of_people and is_few(number_of(word))]
        found += [f"figure: {line}" for line in in_text(label)]
        arrows = re.findall(r"→ (\d[\d.,]*)", label) if of_people else []
        found += [f"figure: {label[:40]}: {word}" for word in arrows if is_few(number_of(word.rstrip(".,")))]
    return found


def in_text(text):
    """Return small counts of people in running text, but for distances to a limit and differences."""
    plain = SPARE.sub("", " ".join(text.split()))
    return [f"text: …{plain[max(0, hit.start() - 30) : hit.end() + 10]}…" for hit in COUNTED.finditer(plain)]


def in_folder(folder):
    """Return the small counts of all that lies in a run's folder; fails for a file of a kind that nobody declared."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        kept = path.relative_to(folder).parts[0] == "places" or path.name.endswith(OF_THE_RUN)  # what was handed in
        if path.is_dir() or kept or path.suffix == ".png":  # figures: the same as in the page
            continue
        if path.suffix == ".csv":
            lines = in_table(path.stem, pd.read_csv(path))
        elif path.suffix == ".xlsx":
            lines = in_workbook(path)
        else:
            assert path.suffix == ".html", path
            lines = in_page(path.read_text(encoding="utf-8"))
        if lines:
            found[path.name] = lines
    return found


# What was run, and the synthetic records, which are marked so and could not balance if cells were missing.
OF_THE_RUN = (*("records.parquet", "provenance.json", "timing.json", "resolved.yaml", "comparison.json", "study.json", "budget.json"),)


VIEW = {"title", "base_title", "facts", "few", "answer", "base_answer", "beside", "areas", "district"}
DISTRICT, DEPARTMENT = {"years", "states", "departments"}, {"id", "name", "area", "projected", "planned", "spread"}
PARTS = {"outside_labour_market", "convicted", "basic_schooling_only", "mean_income", "non_western", "social_family_share"}  # per cent
ENDS = ("p10", "p50", "p90")
OF_RESIDENTS = re.compile(r"^(?:Residents|Beboere)\b")


def in_view(view):
    """Return the small counts of what the local page shows of a run; fails for a part that nobody declared."""
    assert view.keys() == VIEW and view["district"].keys() == DISTRICT
    assert all(each.keys() == DEPARTMENT for each in view["district"]["departments"])  # homes, by state
    found = [line for text in strings(view) for line in in_text(text)]
    for area in view["areas"]:
        for curve in area["curves"]:
            found += in_curve(curve)
    for table in [area["table"] for area in view["areas"]] + (view["beside"] or {"tables": []})["tables"]:
        named = [row for row in (table or {"rows": []})["rows"] if OF_RESIDENTS.match(row[0]["text"])]
        found += [f"{row[0]['text']}: {cell['text']}" for row in named for cell in row[1:3] if is_few(number_of(cell["text"]))]
    return found


def in_curve(curve):
    """Return the small counts of one figure of the local page; all but the number of residents are per cent."""
    if curve["indicator"] in PARTS:
        return []
    assert curve["indicator"] == "residents", curve["indicator"]
    values = [value for side in (curve, curve["base"] or {}) for name in ENDS for value in side.get(name, ())]
    values += [point["value"] for point in curve["points"]]
    return [f"{curve['title']}: {value}" for value in values if is_few(value)]


def strings(told):
    """Return every text of an answer in JSON."""
    if isinstance(told, str):
        return [told]
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [text for each in inner for text in strings(each)]
