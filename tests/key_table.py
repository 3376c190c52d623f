"""The keys of a scenario with their labels, as docs/keys.md shows them: `python -m tests.key_table` writes it anew."""

from pathlib import Path

from simulation.scenario.checking import model_in
from simulation.scenario.keys import kind_of
from simulation.scenario.ranged import Ranged
from simulation.scenario.sections import Sections
from simulation.words import catalogue

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
HEAD = """# The keys of a scenario

What a YAML file names by its key, a workbook may name by its label in either language too (`python -m tests.key_table` writes this page).
Parts of a key stand with a dot between them (`letting.flexible_share`), in the heading of a sheet with a colon (`Target group: age from`).

| key | in English | på dansk |
|---|---|---|
"""


def every_key(model=Sections, path=""):
    """Yield every key with dots, those of a number aside."""
    for name, field in model.model_fields.items():
        key = f"{path}.{field.alias or name}".lstrip(".")
        inner = model_in(field.annotation)
        yield key
        if inner is not None and not issubclass(inner, Ranged) and kind_of(key) != "text":
            yield from every_key(inner, key)


def page():
    """Return the page."""
    label = {lang: catalogue("key", lang) for lang in ("en", "da")}
    rows = [f"| `{key}` | {' | '.join(label[lang]['key_of.' + key.split('.')[-1]] for lang in ('en', 'da'))} |" for key in every_key()]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
