"""Inputs of every kind that a user can hand in, sound and spoiled: files, links, and the command that reads them."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from simulation.law.published import READ
from simulation.scenario import load
from simulation.scenario.nodes import parse
from simulation.scenario.sections import Sections
from simulation.scenario.workbook_out import workbook_of
from tests.fuzz.values import CELLS, KEYS, WORDS, nasty, spoil_bytes, spoil_tree

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SHIPPED = ("plan", "reference", "late_investors", "stop_demolition", "plan_from_today", "slow_rehousing")
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="' + OFFICE + '"><sheets>'
BOOK += '<sheet name="{}" sheetId="1" r:id="r1"/></sheets></workbook>'
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
LINKS += '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'


@dataclass
class Input:
    """Files by name, symbolic links by name, and what is typed; paths in `given` are relative to the folder of the files.

    `stops`: what is accepted is not simulated.
    """

    given: list[str]
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    stops: bool = False

    def as_json(self) -> str:
        """Return the input as a text that can be kept; bytes are written as their code points."""
        files = {name: content.decode("latin-1") for name, content in self.files.items()}
        return json.dumps({"given": self.given, "files": files, "links": self.links, "stops": self.stops}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Input":
        """Return a kept input."""
        told = json.loads(text)
        return cls(
            told["given"],
            {name: content.encode("latin-1") for name, content in told["files"].items()},
            told["links"],
            told.get("stops", False),
        )


@cache
def _plain(path: Path) -> str:
    return json.dumps(_listed(parse(path.read_text(encoding="utf-8"), path.name, []).plain()))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value


def tree_of(path: Path) -> Any:
    return json.loads(_plain(path))


def tree_in(text: str) -> Any:
    return _listed(parse(text, "a.yaml", []).plain())


def yaml_of(tree: Any) -> bytes:
    """Write a tree as JSON, which is YAML too; numbers that JSON does not know as YAML writes them."""
    text = json.dumps(tree, ensure_ascii=False)
    return text.replace("NaN", ".nan").replace("-Infinity", "-.inf").replace("Infinity", ".inf").encode("utf-8", "surrogatepass")


def _reader(chance: Random) -> list[str]:
    return [chance.choice(("check", "plan"))]


def scenario_tree(chance: Random) -> Input:
    """A shipped scenario with some values spoiled."""
    tree = spoil_tree(tree_of(ROOT / "scenarios" / f"{chance.choice(SHIPPED)}.yaml"), chance, chance.randrange(1, 4))
    return Input([*_reader(chance), "a.yaml"], {"a.yaml": yaml_of(tree)})


def scenario_sections(chance: Random) -> Input:
    """A short scenario that says some sections in its own way."""
    tree = {"extends": chance.choice(("plan.yaml", "reference", "historical", "a", nasty(chance)))}
    for _ in range(chance.randrange(1, 4)):
        tree[chance.choice(list(Sections.model_fields))] = nasty(chance)
    return Input([*_reader(chance), "a.yaml"], {"a.yaml": yaml_of(tree)})


def scenario_text(chance: Random) -> Input:
    """The text of a shipped scenario, spoiled."""
    content = (ROOT / "scenarios" / f"{chance.choice(SHIPPED)}.yaml").read_bytes()
    for _ in range(chance.randrange(1, 4)):
        content = spoil_bytes(content, chance)
    return Input([*_reader(chance), "a.yaml"], {"a.yaml": content})


def scenario_bytes(chance: Random) -> Input:
    """Anything at all."""
    return Input(["check", "a.yaml"], {"a.yaml": bytes(chance.randrange(256) for _ in range(chance.randrange(60)))})


def chain(chance: Random) -> Input:
    """Scenarios that extend one another, in circles, out of their folder, and through links."""
    named = ("a.yaml", "b", "c.yaml", "../a.yaml", "sub/d.yaml", "link.yaml", "outside.yaml", "plan", "/etc/passwd", "sub", "x.yaml")
    files = {
        name: f"extends: {chance.choice(named)}\nlast_year: 20{chance.randrange(10, 50)}\n".encode()
        for name in ("a.yaml", "b.yaml", "c.yaml", "sub/d.yaml")
    }
    links = {"link.yaml": chance.choice(("a.yaml", "link.yaml", "nowhere")), "outside.yaml": "/etc/hostname", "places": "/etc"}
    return Input(
        [*_reader(chance), chance.choice(("a.yaml", "sub/d.yaml", "link.yaml", "sub"))], files, links if chance.random() < 0.5 else {}
    )


def place(chance: Random) -> Input:
    """The example place, spoiled as a tree or as a text; now and then what is sound is run."""
    path = EXAMPLES / "places" / "eksempelby" / "place.yaml"
    if chance.random() < 0.7:
        content = yaml_of(spoil_tree(tree_of(path), chance, chance.randrange(1, 4)))
    else:
        content = spoil_bytes(path.read_bytes(), chance)
    files = {"a.yaml": (EXAMPLES / "eksempelby.yaml").read_bytes(), "places/eksempelby/place.yaml": content}
    if chance.random() < 0.3:
        files["places/eksempelby/published.csv"] = csv_of(chance, READ, 3)
    return Input([*_reader(chance), "a.yaml"], files)


def _cell(chance: Random) -> str:
    return chance.choice(CELLS)


def _rows(chance: Random, header: tuple[str, ...], rows: int) -> list[list[str]]:
    head = [name for name in header if chance.random() < 0.9] or ["x"]
    chance.shuffle(head)
    lines = [head]
    for _ in range(chance.randrange(rows + 1)):
        lines.append([_cell(chance) for _ in range(max(0, len(head) + chance.choice((0, 0, 0, 0, -1, 1))))])
    return lines


def csv_of(chance: Random, header: tuple[str, ...], rows: int) -> bytes:
    mark = chance.choice(";;;,,\t|")
    content = "\n".join(mark.join(line) for line in _rows(chance, header, rows)).encode(
        chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")), "replace"
    )
    return spoil_bytes(content, chance) if chance.random() < 0.3 and content else content


def sheet_of(chance: Random, header: tuple[str, ...], rows: int, name: str = "Ark1") -> bytes:
    """A workbook as a spreadsheet saves it, or nearly so."""
    lines = []
    for number, cells in enumerate(_rows(chance, header, rows), start=1):
        said = "".join(_xml_cell(chance, cell) for cell in cells)
        lines.append(f'<row r="{number if chance.random() < 0.97 else chance.choice((-1, 10**9, "x"))}">{said}</row>')
    return zipped(
        {
            "xl/workbook.xml": BOOK.format(name),
            "xl/_rels/workbook.xml.rels": LINKS,
            "xl/worksheets/sheet1.xml": SHEET.format("".join(lines)),
        },
        chance,
    )


def _xml_cell(chance: Random, text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    number = text.replace(".", "", 1).isdigit()
    kind = ("n" if number else "inlineStr") if chance.random() < 0.9 else chance.choice(("inlineStr", "n", "s", "b", "str", "e", "?"))
    place = chance.choice(('r="A1"', 'r="ZZZZZZZ1"', 'r="XFD1"', 'r="é"')) if chance.random() < 0.03 else ""
    inner = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c t="{kind}" {place}>{inner}</c>'


def zipped(parts: dict[str, str], chance: Random) -> bytes:
    """Return parts as a zip archive, now and then with one missing, spoiled or swollen."""
    stream = io.BytesIO()
    with zipfile.ZipFile(
        stream, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    ) as archive:
        for name, text in parts.items():
            content, what = text.encode(), chance.random()
            if what < 0.05:
                continue
            if what < 0.1:
                content = spoil_bytes(content, chance)
            elif what < 0.11:
                content += b" " * 60_000_000
            elif what < 0.13:
                content = (
                    b'<!DOCTYPE a [<!ENTITY b "'
                    + b"x" * 1000
                    + b'"><!ENTITY c "'
                    + b"&b;" * 1000
                    + b'">]>'
                    + content.replace(b"</t>", b"&c;</t>")
                )
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    content = stream.getvalue()
    return spoil_bytes(content, chance) if chance.random() < 0.2 else content


PROGRAMME = ("year", "from", "to", "number", "kind", "place", "landlord", "delay", "source")


def table(chance: Random) -> Input:
    """A programme or a table of what happened, as CSV or as a workbook."""
    book = chance.random() < 0.4
    name = chance.choice(
        ("t.xlsx" if book else "t.csv", "t.xlsx" if book else "t.csv", "../t.csv", "/etc/passwd", "observed/template.csv", "t")
    )
    said = (
        {"programme": name}
        if chance.random() < 0.5
        else {"observed": {"file": name, "start_from": chance.choice((2020, 2024, 2025, nasty(chance)))}}
    )
    tree = {"extends": chance.choice(("plan.yaml", "reference.yaml")), **said}
    if chance.random() < 0.2:
        tree = spoil_tree(tree, chance)
    content = sheet_of(chance, PROGRAMME, 4) if book else csv_of(chance, PROGRAMME, 4)
    return Input([*_reader(chance), "a.yaml"], {"a.yaml": yaml_of(tree), "t.xlsx" if book else "t.csv": content})


def workbook(chance: Random) -> Input:
    """A scenario as a workbook."""
    if chance.random() < 0.5:
        name = chance.choice(("scenarie", "scenario", "demolition", "Nedrivning", "measures", "x", ""))
        header = ("key", "value", "low", "high", "unit", "basis", "source", "id", "extends")
        return Input([*_reader(chance), "a.xlsx"], {"a.xlsx": sheet_of(chance, header, 5, name)})
    parts = dict(_written())
    name = chance.choice([name for name in parts if "<v>" in parts[name]])
    for _ in range(chance.randrange(4)):
        parts[name] = in_cells(parts[name], chance)
    return Input([*_reader(chance), "a.xlsx"], {"a.xlsx": zipped(parts, chance)})


@cache
def _written() -> tuple[tuple[str, str], ...]:
    """Return the parts of the workbook that the program itself writes of a scenario."""
    with zipfile.ZipFile(io.BytesIO(workbook_of(load("plan").sections, "plan.yaml", "da"))) as archive:
        return tuple((name, archive.read(name).decode()) for name in archive.namelist() if "docProps" not in name)


def in_cells(xml: str, chance: Random) -> str:
    """Put another value into one cell."""
    cells = list(re.finditer(r"<v>([^<]*)</v>", xml))
    at = chance.choice(cells)
    value = nasty(chance) if chance.random() < 0.5 else _cell(chance)
    text = escape("".join(letter for letter in str(value) if letter.isprintable()))
    return xml[: at.start(1)] + text + xml[at.end(1) :]


def published(chance: Random) -> Input:
    """A table of published values for `judge`."""
    given = ["judge", "t.csv", *chance.choice(([], ["--after-last-list", "hold"], ["--after-last-list", "x"]))]
    return Input(given, {"t.csv": csv_of(chance, READ, 6)})


def overrides(chance: Random) -> Input:
    """Keys set on the command line."""
    given = [chance.choice(("plan",)), chance.choice(("plan", "historical", "plan_from_today", "plann"))]
    for _ in range(chance.randrange(1, 4)):
        value = nasty(chance)
        text = value if isinstance(value, str) else yaml_of(value).decode("utf-8", "replace")
        given += ["--set", f"{chance.choice(KEYS)}{chance.choice(('=', '=', '=', '=', ''))}{text}".replace("\0", "")]
    return Input(given)


def typed(chance: Random) -> Input:
    """Numbers and words typed after a command."""
    return Input(
        [
            chance.choice(("share", "judge", "check", "plan", "verify", "shar", "")),
            *(chance.choice(WORDS) for _ in range(chance.randrange(6))),
        ]
    )


def provenance(chance: Random) -> Input:
    """A folder that says it is a finished run."""
    told = {
        "run_id": "0",
        "finished": True,
        "scenario": "plan",
        "resolved_sha256": "",
        "files": {},
        "seed": 1,
        "draws": 1,
        "replicates": 1,
        "lang": "en",
        "model": {"code": "x"},
        "versions": {},
        "outputs": {"scenario.resolved.yaml": "0", "../../../etc/passwd": "0", "/etc/passwd": "0"},
    }
    content = yaml_of(spoil_tree(told, chance, chance.randrange(0, 4)))
    return Input(
        ["verify", "run"],
        {
            "run/provenance.json": spoil_bytes(content, chance) if chance.random() < 0.3 else content,
            "run/scenario.resolved.yaml": b"a: 1\n",
        },
    )
