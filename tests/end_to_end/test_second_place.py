"""A second, made-up place runs end to end from its folder alone, no line of Python changed."""

import json
import shutil
from pathlib import Path

import pytest

from simulation import route
from simulation.runs import Settings
from simulation.scenario import load
from tests.end_to_end.test_same_bytes import Heard

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Run the example from a copy of its folder elsewhere."""
    here = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(EXAMPLES, here / "mine")
    return route.run(str(here / "mine" / "eksempelby.yaml"), ["last_year=2022"], Settings(draws=2, replicates=1, out=here / "out"), Heard())


def test_it_is_projected(done):
    assert {row["area"] for row in done.summary} == {"lindeparken"}
    first = {row["indicator"]: row["mean"] for row in done.summary if row["list_year"] == 2019}
    assert first["residents"] == 1200
    assert first["non_western"] == pytest.approx(62, abs=0.3)


def test_its_report_and_its_files_are_its_own(done):
    page = (done.folder / "report.html").read_text(encoding="utf-8")
    assert "Lindeparken" in page
    assert "Kertemindevejkvarteret" not in page
    told = json.loads((done.folder / "provenance.json").read_text(encoding="utf-8"))
    assert "places/eksempelby/place.yaml" in told["files"]
    assert not any("vollsmose" in name for name in told["files"])
    assert route.verify(done.folder)["run_id"] == done.run_id


def test_every_number_of_the_example_says_that_it_is_made_up():
    said = {row.source for row in load(EXAMPLES / "eksempelby.yaml").parameters() if row.path.startswith("place.populations")}
    assert said == {"made up"}
