"""The local page in a real browser: choose, change, run, stop, compare, take along, open, load again; whose run is whose; no barrier."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.scenario import load

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 390, 1366
DELAY = "[id='lever-demolition.boegeparken.delay_years']"
SHARE = "[id='lever-letting.flexible_share']"
LONG = 120_000  # milliseconds


# Put into the server and its workers: whom they call beyond this machine is written down.
LISTENER = """
import sys

def heard(event, told):
    host = told[1] if event in ("socket.connect", "socket.sendto") else told if event == "socket.getaddrinfo" else None
    if isinstance(host, tuple) and host[0] not in ("127.0.0.1", "::1", "localhost", None):
        with open(CALLS, "a") as file:
            print(event, host[0], file=file)

sys.addaudithook(heard)
"""


def started(out, *given, folder=None):
    """Start the page; return the process and its address. ``folder``: of modules that it loads first."""
    command = [sys.executable, "-m", "simulation", "web", "--port", "0", "--out", str(out), *given]
    env = {**os.environ, **({"PYTHONPATH": str(folder)} if folder else {})}
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=env)
    return process, re.search(r"http://\S+", process.stdout.readline()).group()


def ended(process):
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    """Give a folder whose module is loaded by every Python process, and writes down whom it calls."""
    folder = tmp_path_factory.mktemp("listener")
    calls = folder / "calls.txt"
    calls.write_text("")
    (folder / "sitecustomize.py").write_text(f"CALLS = {str(calls)!r}\n{LISTENER}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(tmp_path_factory, browser, listener):
    pytest.importorskip("uvicorn", reason="the local page is not installed: pip install 'blandetby[web]'")
    process, where = started(tmp_path_factory.mktemp("page"), folder=listener)
    yield where
    ended(process)


@pytest.fixture
def opened(browser, address):
    """Give a function that opens the page for somebody new, and says what it asked for."""
    contexts = []

    def of(width=DESK, lang="en", **given):
        context = browser.new_context(viewport={"width": width, "height": 844}, **given)
        contexts.append(context)
        page = context.new_page()
        page.faults, page.asked = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{address}?lang={lang}")
        page.wait_for_selector("#groups details")
        return page

    yield of
    for context in contexts:
        context.close()


def run(page, futures="first"):
    page.select_option("#futures", futures)
    page.click("#run")
    page.wait_for_selector("#stop:enabled")


def finish(page):
    page.wait_for_selector("#stop:disabled", timeout=LONG)
    return page.inner_text("#status")


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def test_choose_change_run_compare_take_along_open_and_load_again(opened, tmp_path):
    page = opened()
    page.select_option("#scenario", "late_investors")
    page.wait_for_selector(f"#description:has-text('{load('late_investors').description('en')[:20]}')")
    page.fill(DELAY, "4")
    page.fill("#title", "Later still")
    assert page.inner_text("#count") == "Changed: 1"
    run(page)
    assert finish(page).startswith("Done: 8 futures")
    assert "Later still" in page.inner_text("#answer .kicker")
    assert load("late_investors").title("en") in page.inner_text("#answer")
    assert "Later still" in page.inner_text("#answer .beside") and page.locator("#answer details table").count() > 1
    assert page.locator("#areas svg .band.base").count() > 5
    assert page.locator("#areas svg .band.base").count() == page.locator("#areas svg .band.own").count()

    with page.expect_download() as download:
        page.click("#download")
    report = tmp_path / "report.html"
    download.value.save_as(report)
    assert "Later still" in report.read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.click("#workbook")
    assert download.value.suggested_filename == "later_still_workbook.xlsx"
    with page.expect_download() as download:
        page.click("#save")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "later_still.yaml" and load(str(saved)).title("en") == "Later still"

    page.reload()  # what was chosen, changed and found is still there
    page.wait_for_selector(".verdict")
    assert page.input_value(DELAY) == "4" and page.input_value("#title") == "Later still"
    assert page.input_value("#scenario") == "late_investors"

    other = opened()
    other.set_input_files("#file", saved)
    other.wait_for_selector("#scenario option:checked:has-text('Later still')", state="attached")
    assert other.input_value(DELAY) == "4"
    assert page.faults == other.faults == []


def test_a_run_can_be_stopped_and_begun_again(opened):
    page = opened()
    run(page, "all")
    page.wait_for_selector(".verdict", timeout=LONG)
    page.click("#stop")
    page.wait_for_selector("#stop:disabled", timeout=LONG)
    assert page.inner_text("#status").startswith("Stopped")
    assert page.locator("#report").is_hidden()
    run(page)
    assert finish(page).startswith("Done: 4 futures")
    assert page.locator("#report").is_visible()


def test_a_wrong_value_gets_its_message_at_its_field(opened):
    page = opened(lang="da")
    unfold(page)
    page.fill(DELAY, "mange")
    page.fill(SHARE, "150")
    page.fill("#seed", "x")
    page.click("#run")
    page.wait_for_selector("[aria-invalid='true']")
    assert page.locator("[aria-invalid='true']").count() == 2
    assert "mange er ikke et helt tal" in page.inner_text(DELAY.replace("delay_years", "delay_years-error"))
    assert page.inner_text(SHARE.replace("flexible_share", "flexible_share-error"))
    assert page.evaluate("document.activeElement.id") == "lever-demolition.boegeparken.delay_years"
    page.fill(DELAY, "2")
    page.fill(SHARE, "50")
    page.fill("#seed", "1")
    # What is wrong of an item, or of several, stands at the field that was changed.
    for item, column, value in (("granparken", "to", "2021"), ("boegeparken", "dwellings", "581")):
        field = f"lever-demolition.{item}.{column}"
        page.fill(f"[id='{field}']", value)
        page.click("#run")
        page.wait_for_selector(f"[id='{field}-error']:not(:empty)")
        assert page.inner_text("#errors") == "" and page.evaluate("document.activeElement.id") == field
        page.click("#reset")
    page.fill("#seed", "x")
    page.click("#run")
    page.wait_for_selector("#seed-error:not(:empty)")
    assert page.locator("[aria-invalid='true']").count() == 0


def test_what_is_set_stays_in_the_other_language_and_after_loading_again(opened):
    page = opened()
    page.fill(DELAY, "4")
    page.fill("#title", "Before the run")
    page.select_option("#base", "reference")
    page.select_option("#futures", "all")
    page.fill("#seed", "17")
    page.click("nav a[lang='da']")
    page.wait_for_selector("#groups details")
    page.reload()
    page.wait_for_selector("#groups details")
    assert page.evaluate("document.documentElement.lang") == "da"
    assert [page.input_value(where) for where in (DELAY, "#title", "#base", "#futures", "#seed")] == [
        "4",
        "Before the run",
        "reference",
        "all",
        "17",
    ]
    assert page.faults == []


def test_results_of_another_form_are_said_to_be_after_loading_again_too(opened):
    page = opened()
    run(page)
    finish(page)
    assert page.locator("#stale").is_hidden()
    page.fill(DELAY, "4")
    assert page.locator("#stale").is_visible()
    page.click("h1")  # away from the field
    page.reload()
    page.wait_for_selector(".verdict")
    assert page.locator("#stale").is_visible() and page.input_value(DELAY) == "4"


def test_two_people_do_not_see_each_others_run(opened):
    one, other = opened(), opened()
    one.fill("#title", "Mine alone")
    run(one)
    other.reload()
    other.wait_for_selector("#groups details")
    assert other.input_value("#title") == "" and other.inner_text("#status") == ""
    finish(one)
    run(other)
    finish(other)
    assert "Mine alone" in one.inner_text("#answer") and "Mine alone" not in other.content()


def test_the_district_follows_the_year_and_the_dates(opened):
    page = opened()
    run(page)
    page.wait_for_selector("#district canvas", timeout=LONG)
    unfold(page)
    figure = page.locator("#district canvas").first
    last = figure.get_attribute("aria-label")
    for year in (2020, 2025, 2030):
        page.click(f"#district button:has-text('{year}')")
        assert page.input_value("#map-year") == str(year)
        assert str(year) in page.inner_text("#district .caption")
    page.click("#district button:has-text('2020')")
    assert page.locator("#district canvas").first.get_attribute("aria-label") != last
    page.locator("#map-year").press("ArrowRight")
    assert page.input_value("#map-year") == "2021"
    page.click("#district button:has-text('2025')")
    projected = page.inner_text("#district table")
    page.select_option("#map-way", "planned")
    assert page.inner_text("#district table") != projected


def test_it_works_by_keyboard_alone(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#seed")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.select_option("#futures", "first")
    page.keyboard.press("Enter")
    page.wait_for_selector("#stop:enabled")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "stop"
    page.keyboard.press("Enter")
    page.wait_for_selector("#stop:disabled", timeout=LONG)
    assert page.inner_text("#status").startswith("Stopped")


@pytest.mark.parametrize(("width", "scheme", "lang"), [(PHONE, "dark", "da"), (DESK, "light", "en")])
def test_no_barrier_no_overflow_and_no_other_address(opened, address, serious, width, scheme, lang):
    page = opened(width, lang, color_scheme=scheme, bypass_csp=True)  # axe-core is put into the page, which its policy forbids
    page.fill(DELAY, "none")
    page.click("#run")
    page.wait_for_selector("[aria-invalid='true']")
    unfold(page)
    assert serious(page) == []
    page.fill(DELAY, "2")
    run(page)
    finish(page)
    unfold(page)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in page.asked if not url.startswith((address, "data:"))] == []


def test_a_scenarios_texts_are_text(opened):
    page = opened()
    page.fill("#title", "<img src=x onerror='document.title=1'>")
    run(page)
    finish(page)
    assert page.locator("#results img").count() == 0 and "<img src=x" in page.inner_text("#answer")
    assert page.title() != "1"


def test_nothing_leaves_the_machine(opened, listener):
    page = opened()
    run(page)
    finish(page)
    assert (listener / "calls.txt").read_text() == ""  # nobody was called by the server and its workers, in this test and those before


def test_the_listener_hears(listener):
    told = "import sys; sys.audit('socket.connect', None, ('192.0.2.1', 80)); sys.audit('socket.connect', None, ('127.0.0.1', 80))"
    env = {**os.environ, "PYTHONPATH": str(listener)}
    calls = listener / "calls.txt"
    before = calls.read_text()
    subprocess.run([sys.executable, "-c", told], env=env, check=True)
    assert calls.read_text() == f"{before}socket.connect 192.0.2.1\n"
    calls.write_text(before)


def test_it_listens_at_this_machine_alone(address):
    port = int(re.search(r":(\d+)/", address).group(1))
    lines = [line for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text(encoding="ascii").splitlines()]
    found = [line.split()[1] for line in lines if " 0A " in line]
    assert [each for each in found if each.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]  # 127.0.0.1, and nothing else
