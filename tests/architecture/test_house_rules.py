"""What a reader of the code may rely on: short modules and functions, no leftovers, and no place in Python."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for folder in ("simulation", "calibration") for path in (ROOT / folder).rglob("*.py"))
MARKS = ["TO" + "DO", "FIX" + "ME", "X" * 3]  # in two parts, so that nobody's search for leftovers stops here
MODULE_LINES, FUNCTION_LINES = 250, 30
PLACES = sorted(path.name for path in (ROOT / "scenarios" / "places").iterdir() if path.is_dir())


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def functions(source):
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]


def length(function):
    """Lines of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return 1 + (body[-1].end_lineno - body[0].lineno + 1 if body else 0)


def leftovers(source):
    return [mark for mark in MARKS if re.search(rf"\b{mark}\b", source)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short_and_whole(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MODULE_LINES
    assert {each.name: length(each) for each in functions(source) if length(each) > FUNCTION_LINES} == {}
    assert not leftovers(source)
    assert ast.get_docstring(ast.parse(source)) or not source


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_knows_a_place(path):
    source = path.read_text(encoding="utf-8").lower()
    assert [place for place in PLACES if place in source] == []


def test_no_two_functions_do_the_work_of_a_utils_module():
    assert not [name_of(path) for path in MODULES if re.search(r"util|helper|misc|common", path.stem)]


def test_these_tests_have_power():
    long = "def f():\n" + "    x = 1\n" * 30
    assert [length(each) for each in functions(long)] == [31]
    assert leftovers(f"# {MARKS[0]} later") == MARKS[:1]
    assert PLACES
