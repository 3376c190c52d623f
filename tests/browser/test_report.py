"""The report in a real browser: complete without a network, readable on a phone, no serious barrier, printable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 390, 1280
PAPER = 695  # pixels: A4 less its margins


@pytest.fixture(scope="module", params=["en", "da"])
def report(request, tmp_path_factory):
    """Give the report of the plan by four members, in each language."""
    out = tmp_path_factory.mktemp("out")
    given = ("run", "plan", "--quick", "--json", "--lang", request.param, "--out", out)
    done = subprocess.run([sys.executable, "-m", "simulation", *map(str, given)], cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(json.loads(done.stdout)["folder"]) / "report.html"


@pytest.fixture(params=[(PHONE, "light"), (DESK, "dark")], ids=str)
def shown(request, browser, report):
    """Give the page with the network off, and every address that it asked for."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page, asked
    context.close()


def test_it_is_complete_without_a_network(shown):
    page, asked = shown
    assert [url for url in asked if not url.startswith("file:")] == [] and len(asked) == 1
    assert page.locator("h1").inner_text() and page.locator("svg").count() > 10
    broken = page.evaluate("[...document.images].filter(image => !image.naturalWidth).length")
    assert broken == 0


def test_no_serious_barrier(shown, serious):
    page, _ = shown
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert serious(page) == []


def test_the_search_for_barriers_has_power(browser, serious):
    page = browser.new_page()
    page.set_content("<html><body><img src='data:,'><p style='color:#ccc;background:#fff'>pale</p></body></html>")
    assert {line.split(":")[0] for line in serious(page)} >= {"image-alt", "color-contrast"}
    page.close()


def test_the_words_of_figures_stay_in_them_and_apart(shown, amiss):
    page, _ = shown
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert amiss(page) == []


def test_the_search_for_words_that_touch_or_leave_a_figure_has_power(browser, amiss):
    page = browser.new_page()
    words = "<text x='10' y='20'>limit 40</text><text x='{}' y='22'>38.1</text>"
    svg = "<svg viewBox='0 0 200 100' width='200' height='100' style='overflow:visible' aria-label='a'>"
    found = {}
    for at in (30, 120, 190):
        page.set_content(f"{svg}{words.format(at)}</svg>")
        found[at] = [line.split(":")[0] for line in amiss(page)]
    assert found == {30: ["touch"], 120: [], 190: ["out"]}
    page.close()


def test_nothing_is_wider_than_the_screen(shown):
    """Tables scroll within themselves; the page does not."""
    page, _ = shown
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_answer_is_on_the_first_screen(shown):
    page, _ = shown
    cards = page.locator(".cards li")
    assert cards.count() == 4
    assert cards.nth(0).bounding_box()["y"] < page.viewport_size["height"]


def test_it_prints(browser, report):
    page = browser.new_page()
    page.goto(report.as_uri())
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 50_000
    page.close()


def test_on_paper_it_is_dark_on_white_whatever_the_screen_and_nothing_is_cut(browser, report):
    page = browser.new_page(color_scheme="dark", viewport={"width": PAPER, "height": 1000})
    page.goto(report.as_uri())
    surface = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
    dark = page.evaluate(surface)
    page.emulate_media(media="print")
    assert page.evaluate(surface) == ["rgb(255, 255, 255)", "rgb(28, 34, 38)"] != dark
    assert page.locator("nav").is_hidden()  # its links lead nowhere on paper
    ends = "[...document.querySelectorAll('table')].filter(each => each.offsetParent).map(each => each.getBoundingClientRect().right)"
    assert [end for end in page.evaluate(ends) if end > PAPER + 1] == []
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")  # whoever opens what is long prints it too
    assert [end for end in page.evaluate(ends) if end > PAPER + 1] == []
    page.close()
