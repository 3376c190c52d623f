"""What ships as YAML is read as YAML 1.2, the same as the library reads it that users' files are read with."""

import pytest
from ruamel.yaml import YAML

from simulation.scenario.composing import SCALAR, compose
from simulation.scenario.sources import shipped_folder
from simulation.shipped import parsed

SIMULATION = shipped_folder().parent / "simulation"
FILES = sorted([*SIMULATION.glob("words/*/*.yaml"), *SIMULATION.glob("law/data/*.yaml")])


def typed(value):
    """Tell 1 from 1.0 and True."""
    if isinstance(value, dict):
        return {typed(name): typed(inner) for name, inner in value.items()}
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, str(value))


def differ(text):
    return typed(parsed(text)) != typed(YAML(typ="safe", pure=True).load(text))


def test_every_file_is_read_alike():
    assert len(FILES) > 40
    assert not [file for file in FILES if differ(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("plain", ["no", "on", "012", "1:30", "1_000", "0.5", ".5", "-3", "true", "~", "2030-01-01", "1.", "1e3", "12e03"])
def test_plain_words_are_those_of_yaml_1_2(plain):
    value = parsed(f"a: {plain}")["a"]
    assert type(value).__name__ == {
        "0.5": "float", ".5": "float", "1.": "float", "-3": "int", "true": "bool", "~": "NoneType", "2030-01-01": "date",
    }.get(plain, "str")  # fmt: skip


def placed(node):
    """Return the nodes below a node with their kinds and places."""
    here = (str(node.tag), node.start_mark.line, node.start_mark.column)
    if isinstance(node, SCALAR):
        return *here, node.value
    return *here, [tuple(map(placed, inner)) if isinstance(inner, tuple) else placed(inner) for inner in node.value]


def test_every_scenario_place_and_table_of_rates_is_read_alike():
    files = sorted(shipped_folder().glob("**/*.yaml"))
    assert len(files) > 20
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert placed(compose(text, ours=True)) == placed(compose(text, ours=False)), file


@pytest.mark.parametrize("plain", ["no", "012", "0x1f", "1_000", "1e3", ".inf", "~", "0,5", "1:30", "2030-01-01", "{value: 0,5}"])
def test_a_shipped_file_that_is_changed_is_read_alike(plain):
    text = f"a: {plain}\nb: [1, {plain}]\n"
    assert placed(compose(text, ours=True)) == placed(compose(text, ours=False))


@pytest.mark.parametrize("broken", ["a: [1,", "a: 'b", "a:\n\t- b", "*c", "a: b: c", "\x01"])
def test_what_is_wrong_in_a_shipped_file_is_told_as_in_any_other(broken):
    told = []
    for ours in (True, False):
        with pytest.raises(Exception) as raised:  # noqa: PT011 - of several kinds
            compose(broken, ours)
        told.append((type(raised.value), str(raised.value)))
    assert told[0] == told[1]


def test_another_reading_would_be_noticed():
    assert differ("a: 1e3")  # a number in YAML 1.2; no file of ours has one
