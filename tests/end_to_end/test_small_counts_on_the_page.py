"""No count of one to four people in anything that the local page's server answers of a run of a tiny district."""

import copy
import io
import time

import pytest

from simulation.files import sha256_of
from simulation.web.sessions import FOLDER_DIGITS
from tests import district, few
from tests.end_to_end.test_small_counts_published import PLAN

pytest.importorskip("starlette", reason="the local page is not installed: pip install 'blandetby[web]'")
pytest.importorskip("httpx", reason="httpx is not installed: pip install 'blandetby[dev]'")

from starlette.testclient import TestClient

from simulation.web.app import app_of

LANGUAGES = ("en", "da")
CHANGES = {"demolition.gran.dwellings": "12", "measures.jobs.capacity": "4"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """Give a browser's session that opened the tiny district, changed it, and ran it to the end beside what it was."""
    out = tmp_path_factory.mktemp("page")
    client = TestClient(app_of(out, "127.0.0.1", "en"), base_url="http://127.0.0.1:8765")
    client.get("/")
    (token,) = client.cookies.values()
    district.lay(out / sha256_of(token.encode())[:FOLDER_DIGITS])
    assert client.post("/api/choose", json={"name": "small_plan.yaml", "text": PLAN}).status_code == 200
    assert client.post("/api/run", json={"changes": CHANGES, "futures": "first"}).status_code == 200
    while (told := client.get("/api/progress").json())["state"] not in ("done", "failed"):
        time.sleep(0.1)
    assert told["state"] == "done", told
    return client


@pytest.fixture(params=LANGUAGES)
def page(request, client):
    return client.get(f"/?lang={request.param}").text


def test_nothing_that_is_shown_of_the_run_tells_a_small_count(client, page):
    view = client.get("/api/view").json()
    assert {curve["indicator"] for curve in view["areas"][0]["curves"]} >= {"residents"} and view["beside"]["tables"]
    assert few.in_view(view) == []


def test_nothing_else_that_is_answered_tells_one(client, page):
    assert few.in_page(page) == []
    for answer in ("state", "progress"):
        assert [line for text in few.strings(client.get(f"/api/{answer}").json()) for line in few.in_text(text)] == []
    assert few.in_text(client.get("/scenario.yaml").text) == []
    wrong = client.post("/api/check", json={"changes": {"demolition.gran.dwellings": "many"}})
    assert wrong.status_code == 422 and [line for text in few.strings(wrong.json()) for line in few.in_text(text)] == []


def test_what_is_taken_along_tells_none(client):
    assert few.in_page(client.get("/run/report.html").text) == []
    assert few.in_workbook(io.BytesIO(client.get("/run/workbook.xlsx").content)) == []
    assert client.get("/run/records.parquet").status_code == 404  # nor is anything else of the run given away


def planted(view, place, value):
    """Return what is shown with a value put somewhere."""
    told = copy.deepcopy(view)
    *inner, last = place
    part = told
    for key in inner:
        part = part[key]
    part[last] = value
    return told


@pytest.mark.parametrize("count", [1, 4, 4.9])
def test_a_planted_count_is_found(client, count):
    client.get("/?lang=en")
    view = client.get("/api/view").json()
    at = next(at for at, curve in enumerate(view["areas"][0]["curves"]) if curve["indicator"] == "residents")
    row = next(at for at, cells in enumerate(view["areas"][0]["table"]["rows"]) if cells[0]["text"] == "Residents")
    curve = ("areas", 0, "curves", at)
    for place in ((*curve, "p10", 3), (*curve, "p50", 0), (*curve, "base", "p90", 1)):
        assert few.in_view(planted(view, place, count)), place
    assert few.in_view(planted(view, ("areas", 0, "table", "rows", row, 1, "text"), str(count)))
    for place in (("areas", 0, "note"), ("answer", "lines", 0), ("answer", "cards", 0, "note"), ("beside", "sentence"), (*curve, "alt")):
        assert few.in_view(planted(view, place, f"There live {count} residents.")), place
    for place in ((*curve, "p10", 3), (*curve, "p50", 0)):
        assert few.in_view(planted(view, place, 5)) == []


def test_a_part_that_nobody_declared_is_a_failure(client):
    view = client.get("/api/view").json()
    with pytest.raises(AssertionError):
        few.in_view(view | {"neighbours": {"persons": 3}})
    with pytest.raises(AssertionError):
        few.in_view(planted(view, ("district", "departments", 0, "residents"), [3]))
