"""Mutation testing of the law: `python -m tests.mutation [MODULE...]`. A mutant is one small mistake; the tests must notice it.

Prints the mutants that no test noticed, by module and line; `docs/mutation.md` explains those that are left. A mutant lives in a process of
its own, forked from one in which all libraries are loaded already.
"""

import ast
import importlib
import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAW = ROOT / "simulation" / "law"
TESTS = ("edges", "published", "judgement", "family", "data")  # of the law alone; the most telling first
OWN = {"family": ("family", "edges"), "letting": ("letting", "refusals"), "rules": ("judgement", "published", "letting", "data")}
SECONDS = 120  # after which a mutant that hangs counts as noticed
PAIRS = (
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.Is, ast.IsNot),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.Div),
    (ast.And, ast.Or),
    (ast.BitAnd, ast.BitOr),
)
SWAPS = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def _spots(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield every node that can be mutated, and what the mutation does."""
    hints = {id(inner) for node in ast.walk(tree) for hint in _left_alone(node) for inner in ast.walk(hint)}
    for node in ast.walk(tree):
        if id(node) in hints:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield node, f"{type(node.ops[0]).__name__} -> {SWAPS[type(node.ops[0])].__name__}"
        elif isinstance(node, (ast.BinOp, ast.BoolOp)) and type(node.op) in SWAPS:
            yield node, f"{type(node.op).__name__} -> {SWAPS[type(node.op)].__name__}"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub, ast.Invert)):
            yield node, f"no {type(node.op).__name__}"
        elif isinstance(node, ast.Constant) and (isinstance(node.value, bool) or type(node.value) in (int, float)):
            yield node, f"{node.value} -> {not node.value if isinstance(node.value, bool) else node.value + 1}"
        elif isinstance(node, ast.Name) and node.id in NAMES:
            yield node, f"{node.id} -> {NAMES[node.id]}"
        elif isinstance(node, (ast.IfExp, ast.If)):
            yield node, "if not"


def _left_alone(node: ast.AST) -> list[ast.AST]:
    """Return what no result can hang on: types, `frozen` and `eq` of dataclasses, `strict=True` of zips of equal length."""
    if isinstance(node, ast.keyword) and node.arg in ("frozen", "eq", "strict", "maxsize"):
        return [node.value]
    found = [getattr(node, name, None) for name in ("annotation", "returns")]
    return [hint for hint in found if isinstance(hint, ast.AST)]


def _mutate(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif isinstance(node, (ast.BinOp, ast.BoolOp)):
        node.op = SWAPS[type(node.op)]()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd()
        if not isinstance(node.operand, ast.Constant):  # `+x` is x for numbers; for truths a call that changes nothing
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.Name):
        node.id = NAMES[node.id]
    elif isinstance(node, (ast.IfExp, ast.If)):
        node.test = ast.UnaryOp(ast.Not(), node.test)


class _Mutant(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Load one module of the law with one mistake in it."""

    def __init__(self, path: Path, number: int) -> None:
        self.path, self.number = path, number
        self.name = f"simulation.law.{path.stem}" if path.stem != "__init__" else "simulation.law"

    def find_spec(self, name, path=None, target=None):
        """Find the module that is mutated, and no other."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=[str(LAW)] if name == "simulation.law" else None
        )

    def create_module(self, spec):
        """Make the module as usual."""
        return

    def exec_module(self, module):
        """Run the module's code with the mistake."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        _mutate(list(_spots(tree))[self.number][0])
        exec(compile(ast.fix_missing_locations(tree), str(self.path), "exec"), module.__dict__)


def noticed(path: Path, number: int) -> bool:
    """Return whether the tests of the law notice a mutant."""
    child = os.fork()
    if child == 0:
        import pytest

        os.setsid()
        signal.alarm(SECONDS)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        sys.dont_write_bytecode = True
        if number >= 0:
            sys.meta_path.insert(0, _Mutant(path, number))
        files = [f"test_letting_{name}.py" if name == "refusals" else f"test_law_{name}.py" for name in OWN.get(path.stem, TESTS)]
        tests = [str(ROOT / "tests" / "unit" / name) for name in files]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]) != 0))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def main() -> int:
    """Try every mutant of the modules named, else of all; return 1 if one is not noticed."""
    for name in ("hypothesis", "numpy", "pandas", "pytest", "ruamel.yaml"):
        importlib.import_module(name)

    if any(noticed(LAW / f"{name}.py", -1) for name in ("__init__", *OWN)):
        sys.stdout.write("the tests fail without any mutant\n")
        return 2
    tried = lived = 0
    for path in sorted(LAW.glob("*.py")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        for number, (node, what) in enumerate(_spots(ast.parse(path.read_text(encoding="utf-8")))):
            tried += 1
            if not noticed(path, number):
                lived += 1
                line = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1].strip()
                sys.stdout.write(f"{path.name}:{node.lineno}: {what}: {line}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{tried} mutants, {tried - lived} noticed, {lived} not\n")
    return 1 if lived else 0


if __name__ == "__main__":
    sys.exit(main())
