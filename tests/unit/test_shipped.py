"""What ships as YAML is read as YAML 1.2, the same as the library reads it that users' files are read with."""

import pytest
from ruamel.yaml import YAML

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


def test_another_reading_would_be_noticed():
    assert differ("a: 1e3")  # a number in YAML 1.2; no file of ours has one
