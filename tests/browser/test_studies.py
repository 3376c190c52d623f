"""The pages of a comparison and of every study in a real browser, in both languages: complete, readable, no barrier, printable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import district

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 390, 1280
PLAN = """
extends: small.yaml
title: {en: Small plan, da: Lille plan}
demolition:
  - {id: gran, department: granparken, dwellings: 18, from: 2020, to: 2023}
new_homes:
  - {id: own, area: vollsmose, tenure: owned, count: 6, from: 2021, to: 2022, delay_years: 0}
measures:
  - id: jobs
    subprogramme: jobs_and_education
    title: {en: Jobs, da: Job}
    decided: false
    funded: true
    from: 2022
    to: 2025
    areas: [vollsmose]
    acts_on: job_entry
    effect: {value: 0.9, low: 0.8, high: 1.0, unit: relative change, basis: assumed, source: made up}
    grade: strong
    capacity: 60
    target: {labour: [cash_benefit_activity_ready], age_from: 18, age_to: 64}
    cost: {payer: "", price_level: 2022, thousand_dkk: {"2022": 10, "2023": 10, "2024": 10, "2025": 10}}
"""
COMMANDS = {
    "compare": ("compare", "{base}", "{plan}", "--draws", "10"),
    "budget": ("budget", "{plan}", "--frame", "1", "--draws", "10"),
    "attribution": ("attribution", "{plan}", "--base", "{base}", "--draws", "2"),
    "sensitivity": ("sensitivity", "{plan}", "--size", "2", "--list-year", "2025", "--draws", "2"),
    "goal": ("goal", "{plan}", "--draws", "10"),
}
SHOWN = [(PHONE, "dark"), (DESK, "light")]
SURFACE = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"


@pytest.fixture(scope="module")
def scenarios():
    district.district()
    base = Path(district.FOLDER.name) / "small.yaml"
    plan = base.with_name("pages_plan.yaml")
    plan.write_text(PLAN, encoding="utf-8")
    return {"base": str(base), "plan": str(plan)}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return str(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module", params=[(command, lang) for command in COMMANDS for lang in ("en", "da")], ids="-".join)
def study(request, scenarios, browser, out):
    command, lang = request.param
    given = [part.format(**scenarios) for part in COMMANDS[command]]
    more = ("--lang", lang, "--replicates", "1", "--workers", "1", "--json", "--out", out)  # what is simulated is so for both languages
    done = subprocess.run([sys.executable, "-m", "simulation", *given, *more], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Path(json.loads(done.stdout)["folder"])


@pytest.fixture
def opened(browser, study):
    """Give a function that opens the page of a study with the network off, everything unfolded, and says what it asked for."""
    contexts = []

    def of(width, scheme):
        contexts.append(browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True))
        page, asked = contexts[-1].new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((study / "report.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        return page, asked

    yield of
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), SHOWN)
def test_it_is_complete_fits_the_screen_and_has_no_serious_barrier(opened, serious, amiss, width, scheme):
    page, asked = opened(width, scheme)
    assert len(asked) == 1 and asked[0].startswith("file:")
    assert page.locator("h1").first.inner_text() and page.locator("svg").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(page) == []
    assert amiss(page) == []


def test_the_answer_is_on_the_first_screen_and_numbers_soon_after(opened):
    page, _ = opened(DESK, "light")
    assert page.locator("h1").first.bounding_box()["y"] < 200
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")
    assert page.locator("table, svg").first.bounding_box()["y"] < 3 * 844


def test_a_dark_screen_prints_on_white(opened):
    page, _ = opened(DESK, "dark")
    dark = page.evaluate(SURFACE)
    page.emulate_media(media="print")
    assert page.evaluate(SURFACE) == ["rgb(255, 255, 255)", "rgb(28, 34, 38)"] != dark
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
