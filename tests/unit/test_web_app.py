"""The page's answers without a browser: who may ask, whose run is whose, what a wrong value says, what a saved file holds."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from simulation.scenario import load

pytest.importorskip("starlette", reason="the local page is not installed: pip install 'blandetby[web]'")
pytest.importorskip("httpx", reason="httpx is not installed: pip install 'blandetby[dev]'")

from starlette.testclient import TestClient

from simulation.web.app import REPORT_POLICY, app_of
from simulation.web.guard import LARGEST_BODY
from simulation.web.levers import levers_of

HERE = "http://127.0.0.1:8765"
DELAY = "demolition.boegeparken.delay_years"


def caller(app):
    client = TestClient(app, base_url=HERE)
    client.get("/")
    return client


@pytest.fixture
def app(tmp_path):
    return app_of(tmp_path, "127.0.0.1", "en")


@pytest.fixture
def client(app):
    return caller(app)


def errors_of(response):
    assert response.status_code == 422
    return {error["key"]: error["message"] for error in response.json()["errors"]}


def finished(client, seconds=120):
    end = time.monotonic() + seconds
    while (told := client.get("/api/progress").json())["state"] in ("waiting", "running", "writing"):
        assert time.monotonic() < end
        time.sleep(0.05)
    return told


def test_the_page_asks_nobody_else(client):
    page = client.get("/")
    assert "http" not in page.text.replace("http-equiv", "")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for name in ("main.js", "form.js", "chart.js", "district.js", "results.js", "parts.js", "server.js", "words.js", "page.css"):
        text = client.get(f"/static/{name}").text
        assert text and "http" not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_page_speaks_both_languages(client, lang):
    page = client.get(f"/?lang={lang}").text
    assert f'<html lang="{lang}">' in page
    assert client.get("/api/state").json()["heading"] == load("plan").title(lang)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "127.0.0.1.evil.example:8765"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({}, 200),
        ({"origin": HERE}, 200),
    ],
)
def test_strangers_are_turned_away(client, headers, status):
    assert client.post("/api/stop", content="{}", headers={"content-type": "application/json"} | headers).status_code == status


def test_bound_to_every_address_it_still_has_no_strange_name(tmp_path):
    client = TestClient(app_of(tmp_path, "0.0.0.0", "en"), base_url="http://192.0.2.7:8765")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_a_body_has_a_limit(client):
    large = "x" * LARGEST_BODY
    assert client.post("/api/choose", json={"name": "a.yaml", "text": large}).status_code == 413
    assert client.post("/api/choose", content=iter([b"{}"]), headers={"content-type": "application/json"}).status_code == 413
    assert client.post("/api/choose", content="[1]", headers={"content-type": "application/json"}).status_code == 400


def test_without_a_session_nothing_is_told(app):
    stranger = TestClient(app, base_url=HERE)
    assert stranger.get("/api/state").status_code == 401
    assert stranger.get("/scenario.yaml").status_code == 401
    assert stranger.get("/run/report.html").status_code == 404


def test_wrong_values_get_their_messages_at_their_fields(client):
    wrong = {
        DELAY: "many",
        "demolition.granparken.dwellings": "1.000",
        "letting.flexible_share": "150",
        "new_homes.private_let_2023.from": "2090",
    }
    found = errors_of(client.post("/api/check", json={"changes": wrong}))
    assert {path for path in wrong if any(key == path or key.startswith(f"{path}.") for key in found)} == set(wrong)
    assert client.post("/api/check", json={"changes": {DELAY: "2"}}).json() == {"errors": []}


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        (DELAY, "-1", "-1 is too little; at least 0"),
        (DELAY, "", "a number is missing"),
        (DELAY, "1.5", "1.5 is no whole number; write it in digits alone, 1000 and not 1.000"),
        ("demolition.boegeparken.from", "1800", "1800 is too little; at least 1990"),
        ("letting.flexible_share", "150", "150 is not between 0 and 100 %"),
        ("letting.flexible_share", "-1 %", "-1 % is not between 0 and 100 %"),
        ("letting.flexible_share", "most", "most is no number of per cent"),
        ("rehousing.pace.civica.households_per_year", "1e9", "1e9 is no number"),
        ("letting.clean_record", "maybe", "maybe is neither true nor false"),
    ],
)
def test_a_message_speaks_of_what_was_typed_in_the_unit_of_its_field(client, path, typed, told):
    assert errors_of(client.post("/api/check", json={"changes": {path: typed}})) == {path: told}


def test_per_cent_may_be_said(client):
    assert client.post("/api/check", json={"changes": {"letting.flexible_share": "26,5 %"}}).json() == {"errors": []}


def test_what_is_no_lever_is_left_out(client):
    client.post("/api/check", json={"changes": {"place": "elsewhere", "observed.file": "/etc/passwd", DELAY: "2"}})
    assert client.get("/api/state").json()["changes"] == {DELAY: "2"}


def test_the_saved_file_runs_and_says_what_was_set(client, tmp_path):
    client.post(
        "/api/check", json={"changes": {DELAY: "2", "letting.flexible_share": "60,5", "letting.clean_record": True}, "title": "Blå plan"}
    )
    response = client.get("/scenario.yaml")
    assert 'filename="blaa_plan.yaml"' in response.headers["content-disposition"]
    saved = tmp_path / "blaa_plan.yaml"
    saved.write_text(response.text, encoding="utf-8")
    scenario = load(str(saved))
    assert scenario.title("da") == "Blå plan"
    assert scenario.sections.letting.flexible_share.value == 0.605 and not scenario.sections.letting.flexible_share.drawn
    assert scenario.sections.letting.clean_record is True
    assert {item.id: item.delay_years.value for item in scenario.sections.demolition}["boegeparken"] == 2
    assert scenario.sections.rehousing == load("plan").sections.rehousing


OWN = """# A file of one's own.
extends: plan.yaml
title: Mine   # with a comment
demolition:
  # why this one
  - {id: boegeparken, delay_years: 1}  # one year
letting:
  clean_record: true  # asked for
"""


def test_comments_of_a_file_of_ones_own_are_kept(client):
    state = client.post("/api/choose", json={"name": "mine.yaml", "text": OWN}).json()
    assert state["own"] and state["heading"] == "Mine"
    client.post("/api/check", json={"changes": {DELAY: "3", "demolition.granparken.dwellings": "100"}})
    text = client.get("/scenario.yaml").text
    for comment in ("# A file of one's own.", "# with a comment", "# why this one", "# one year", "# asked for"):
        assert comment in text
    assert "extends: plan.yaml" in text and "granparken" in text


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_of_a_file_of_ones_own_end_as_they_did(client, ending):
    client.post("/api/choose", json={"name": "mine.yaml", "text": OWN.replace("\n", ending)})
    client.post("/api/check", json={"changes": {DELAY: "3"}})
    lines = client.get("/scenario.yaml").text.splitlines(keepends=True)
    assert len(lines) > 5 and all(line.endswith("\r\n") == (ending == "\r\n") for line in lines)


@pytest.mark.parametrize(
    "text", ["extends: nowhere.yaml", "extends: ../../../../etc/passwd", "a: [", "demolition: 3", "extends: plan.yaml\nplace: x", ""]
)
def test_a_file_that_is_not_sound_is_refused_and_nothing_changes(client, text):
    before = client.get("/api/state").json()
    assert errors_of(client.post("/api/choose", json={"name": "../../mine.yaml", "text": text})) is not None
    assert client.get("/api/state").json() == before


def test_what_is_wrong_in_a_file_is_told_with_what_was_meant(client):
    found = client.post("/api/choose", json={"name": "mine.yaml", "text": "extends: plan\nlettin: {}\nfrst_year: 2019\n"}).json()["errors"]
    assert [error["told"].split("; ")[-1] for error in found] == ["did you mean letting?", "did you mean first_year?"]
    assert [error["told"].split(" ")[0] for error in found] == ["mine.yaml:2:1:", "mine.yaml:3:1:"]


def test_a_number_of_an_item_is_told_with_what_the_item_rests_on():
    levers = levers_of(load("plan"))
    told = levers["demolition.egeparken.dwellings"]
    assert (told.told, told.source) == ("from a source", "realisation plan 2020, Nedrivning")
    changed = levers_of(load("plan", ["demolition.egeparken.dwellings=190"]))["demolition.egeparken.dwellings"]
    assert (changed.told, changed.source) == ("a choice", "")
    assert levers["new_homes.private_let_2027.delay_years"].told == "assumed; drawn between 0 and 4"


def test_an_unknown_scenario_a_wrong_seed_and_a_base_of_other_lists_are_refused(client):
    assert client.post("/api/choose", json={"name": "/etc/passwd"}).status_code == 422
    assert "seed" in errors_of(client.post("/api/run", json={"seed": "-1"}))
    client.post("/api/choose", json={"name": "short.yaml", "text": "extends: plan.yaml\nlast_year: 2026\n"})
    assert "base" in errors_of(client.post("/api/run", json={"base": "plan"}))


def test_two_sessions_and_a_run_that_both_finish_apart(app):
    """One runs, the other sees nothing of it; a scenario's texts stay text, in the report too."""
    one, other = caller(app), caller(app)
    title = "<img src=x onerror=alert(1)>"
    told = one.post("/api/run", json={"changes": {DELAY: "2"}, "title": title, "futures": "first"})
    assert told.status_code == 200
    assert other.get("/api/progress").json()["state"] == "none" and other.get("/api/view").status_code == 422
    told = finished(one)
    assert told["state"] == "done" and told["done"] == told["total"] == 8 and told["report"]
    view = one.get("/api/view").json()
    assert view["title"] == title and view["base_title"] == load("plan").title("en")
    curve = view["areas"][0]["curves"][0]
    assert len(curve["p50"]) == len(curve["base"]["p50"]) == len(curve["years"])
    assert view["beside"]["sentence"].startswith(title) and len(view["beside"]["tables"]) == 2 * len(view["areas"])
    assert told["base"] and one.get("/run/workbook.xlsx?download").headers["content-disposition"].endswith('_workbook.xlsx"')
    report = one.get("/run/report.html")
    assert report.headers["content-security-policy"] == REPORT_POLICY
    assert "<img src=x" not in report.text and "&lt;img src=x" in report.text
    assert other.get("/run/report.html").status_code == 404
    assert one.get("/run/provenance.json").status_code == 404
    homes = next(each for each in view["district"]["departments"] if each["id"] == "boegeparken")
    assert {sum(counts[at] for counts in homes["projected"].values()) for at in range(12)} == {580}
    one.get("/?lang=da")
    assert one.get("/api/view").json()["areas"][0]["curves"][0]["title"] == "Uden for arbejdsmarkedet"


def test_what_is_set_is_kept_before_it_is_run_and_results_of_another_form_are_said_to_be(client):
    kept = {"changes": {DELAY: "many"}, "title": "Mine", "futures": "all", "base": "reference", "seed": "7"}
    assert client.post("/api/keep", json=kept).json() == {}
    state = client.get("/api/state").json()
    assert {"changes": state["changes"], "title": state["title"], **state["asked"]} == kept
    assert not state["stale"]
    client.post("/api/run", json={"futures": "first"})
    assert not client.get("/api/state").json()["stale"]
    client.post("/api/keep", json={"changes": {DELAY: "3"}})
    assert client.get("/api/state").json()["stale"]
    client.post("/api/stop", json={})


def test_a_run_is_of_what_was_ordered_though_the_file_is_written_anew_meanwhile(client):
    client.post("/api/run", json={"changes": {DELAY: "3"}, "title": "Mine", "futures": "first"})
    assert client.post("/api/check", json={"changes": {"letting.clean_record": True}, "title": "Mine"}).json() == {"errors": []}
    assert finished(client)["state"] == "done"
    again = client.get("/run/report.html").text
    client.post("/api/run", json={"changes": {DELAY: "3"}, "title": "Mine", "futures": "first"})
    finished(client)
    assert client.get("/run/report.html").text == again


def test_runs_that_are_ordered_at_once_end_as_one(client):
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: client.post("/api/run", json={"futures": "first"}).status_code, range(4)))
    assert found == [200] * 4
    assert finished(client)["state"] == "done"


def test_two_servers_on_one_machine_do_not_take_each_others_cookie(app):
    names = [TestClient(app, base_url=f"http://127.0.0.1:{port}").get("/").cookies.keys() for port in (8765, 8766)]
    assert names[0] != names[1]


def test_a_stopped_run_stops(client):
    client.post("/api/run", json={"futures": "all"})
    while client.get("/api/progress").json()["done"] < 1:
        time.sleep(0.05)
    told = client.post("/api/stop", json={}).json()
    assert told["state"] == "stopped" and told["done"] < told["total"]
