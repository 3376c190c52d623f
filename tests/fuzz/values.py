"""Values that files hold by accident or by malice, and ways to spoil a tree, a text or bytes. All chance comes from the generator given."""

from random import Random
from typing import Any

NASTY = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    0.5,
    -0.5,
    1.5,
    2019,
    2025,
    2035,
    9999,
    -(10**12),
    10**12,
    10**400,
    1e308,
    -1e308,
    5e-324,
    float("nan"),
    float("inf"),
    "",
    " ",
    "0,5",
    "1.234,5",
    "2025-01-01",
    "01-01-2025",
    "ja",
    "no",
    "none",
    "null",
    ".nan",
    "1e400",
    "9" * 5000,
    "0x1F",
    "0o17",
    "..",
    "../../../etc/passwd",
    "/etc/passwd",
    "/dev/zero",
    "plan",
    "reference.yaml",
    "vollsmose",
    "lindeparken",
    "\u202eabc",
    "Ærø Å",
    "\ud7ff",
    "a" * 300,
    "a: b",
    "- x",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "%s%n",
    [],
    {},
    [[]],
    [None],
    [1, 2, 3],
    [{}],
    [{"id": "a"}],
    [{"id": "a"}, {"id": "a"}],
    [{"match": {}, "drop": True}],
    [{"match": 3}],
    [{"id": None}],
    [{"id": ["a"]}],
    {"value": 1},
    {"value": None},
    {"value": [1]},
    {"value": {"value": 1}},
    {"value": 1, "low": 2, "high": 0},
    {"value": 0.5, "low": 0.2},
    {"value": 0.5, "unit": "share", "basis": "sourced", "source": ""},
    {"value": 0.5, "unit": 3, "basis": 4, "source": 5},
    {"id": "x"},
    {"drop": True},
    {"a": {"b": {"c": {"d": 1}}}},
)
LINES = (
    b"!!python/object/apply:os.system ['touch hacked']",
    b"a: &a [*a]",
    b"<<: *none",
    b"? [a, b]\n: c",
    b"\t x: 1",
    b"---",
    b"%YAML 9.9",
    b"place: !!binary AAAA",
    b"x: !!timestamp 2001-01-01",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"a: |\n  b\n c",
    b"first_year: 2019\r",
    b"'",
    b'"',
    b"{",
    b"[" * 80,
    b"- " * 200 + b"x",
    b"\x00",
    b"\xe6\xf8\xe5",
    b"last_year: 2,025",
)

# What stands in cells of tables, is set on the command line, and is typed.
CELLS = [
    "",
    " ",
    "0",
    "1",
    "-3",
    "12",
    "2,5",
    "2.5",
    "1.234",
    "1e5",
    "nan",
    "2019",
    "2024",
    "2050",
    "99999999999999999999",
    "vollsmose",
    "Fyrreparken",
    "granparken",
    "nedrivning",
    "demolition",
    "ejerboliger",
    "rehoused",
    "outside_labour_market",
    "dømte pct",
    "renovation",
    "business",
    "fab",
    '"',
    "'",
    "=1+1",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "\xa05",
    "5 %",
]
KEYS = [
    "letting.flexible_share",
    "letting",
    "place.departments.granparken.homes",
    "place.areas.vollsmose.turnover",
    "rates.moving.in_work",
    "rates.labour",
    "rates",
    "place",
    "demolition.egeparken.dwellings",
    "demolition",
    "measures.ips.effect",
    "first_year",
    "last_year",
    "title",
    "extends",
    "a",
    "",
    ".",
    "place_values",
    "goals",
    "observed",
    "observed.start_from",
    "new_homes",
    "law.after_last_list",
    "city.benefit_lag.low",
]
WORDS = [
    "--family",
    "2872",
    "--other",
    "-1",
    "1e9",
    "--target",
    "0,5",
    "40",
    "nan",
    "inf",
    "--new",
    "--demolished",
    "99999999999999999999",
    "--floor-m2",
    "--json",
    "--lang",
    "da",
    "xx",
    "--draws",
    "0",
    "--seed",
    "é",
    "--workers",
    "--quick",
    "--help",
    "--version",
    "",
]


def nasty(chance: Random) -> Any:
    """Return one value."""
    return chance.choice(NASTY)


def spoil_tree(tree: Any, chance: Random, times: int = 1) -> Any:
    """Change a tree of mappings and lists in some places: replace, drop, double, rename."""
    for _ in range(times):
        tree = _spoiled(tree, chance)
    return tree


def _spoiled(tree: Any, chance: Random) -> Any:
    if isinstance(tree, dict) and tree and chance.random() < 0.9:
        return _spoiled_mapping(dict(tree), chance)
    if isinstance(tree, list) and tree and chance.random() < 0.9:
        return _spoiled_list(list(tree), chance)
    return nasty(chance)


def _spoiled_mapping(tree: dict, chance: Random) -> dict:
    key = chance.choice(list(tree))
    what = chance.random()
    if what < 0.12:
        del tree[key]
    elif what < 0.2:
        tree[str(key)[:-1] or "x"] = tree.pop(key)
    elif what < 0.25:
        tree[chance.choice(("x", "id", "match", "drop", "value", "0", "é", "a.b"))] = nasty(chance)
    else:
        tree[key] = _spoiled(tree[key], chance)
    return tree


def _spoiled_list(tree: list, chance: Random) -> list:
    at = chance.randrange(len(tree))
    what = chance.random()
    if what < 0.1:
        del tree[at]
    elif what < 0.2:
        tree.append(tree[at])
    elif what < 0.25:
        tree.insert(at, nasty(chance))
    else:
        tree[at] = _spoiled(tree[at], chance)
    return tree


def spoil_bytes(content: bytes, chance: Random) -> bytes:
    """Change bytes: cut, double, swap or insert a piece, or write them in another encoding or with other line ends."""
    lines = content.split(b"\n")
    what = chance.randrange(9)
    at = chance.randrange(len(lines))
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif what == 2:
        lines.insert(at, chance.choice(LINES))
    elif what == 3:
        lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)] + chance.choice(LINES)
    elif what == 4:
        return content[: chance.randrange(len(content) + 1)]
    elif what == 5:
        return content.replace(b"\n", b"\r\n")
    elif what == 6:
        return content.decode("utf-8", "replace").encode(
            chance.choice(("utf-16", "utf-16-le", "latin-1", "cp1252", "utf-8-sig")), "replace"
        )
    elif what == 7:
        lines[at] = lines[at].replace(b".", b",") if chance.random() < 0.5 else b" " * chance.randrange(5) + lines[at]
    else:
        place = chance.randrange(len(content) + 1)
        return content[:place] + bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5))) + content[place + 1 :]
    return b"\n".join(lines)
