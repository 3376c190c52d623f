"""A real browser and a real spreadsheet program. Where they are missing the tests are skipped and say why; `.ci/run` requires them."""

import os
import shutil

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OFFICE = ("soffice", "libreoffice")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
QUIET += ("--disable-component-update", "--disable-sync")


def missing(reason):
    """Skip, or fail where nothing may be missing."""
    if os.environ.get("BLANDETBY_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(names, package):
    """Return the path of the first program of these names."""
    found = next((path for path in map(shutil.which, names) if path), None)
    return found or missing(f"{names[0]} is not installed: apt-get install {package}")


@pytest.fixture(scope="session")
def browser():
    """Give Debian's Chromium, driven by Playwright."""
    path = program(CHROMIUM, "chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright is not installed: pip install 'blandetby[dev]'")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def office():
    """Give the path of LibreOffice."""
    return program(OFFICE, "libreoffice-calc")


AMISS = """() => [...document.querySelectorAll("svg")].flatMap((figure) => {
  const frame = figure.getBoundingClientRect();
  const named = (figure.getAttribute("aria-label") || "").slice(0, 50);
  const all = [...figure.querySelectorAll("text")].map((each) => [each.textContent.trim(), each.getBoundingClientRect()]);
  const words = all.filter(([text, box]) => text && box.width);
  const found = [];
  words.forEach(([text, box], at) => {
    const over = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
    if (over > 2) found.push(`out: ${named}: ${text}`);
    for (const [other, there] of words.slice(at + 1)) {
      const across = Math.min(box.right, there.right) - Math.max(box.left, there.left);
      const up = Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top);
      if (across > 2 && up > 0.3 * Math.min(box.height, there.height)) found.push(`touch: ${named}: ${text} | ${other}`);
    }
  });
  return found;
})"""


@pytest.fixture
def amiss():
    """Give a function that returns which words of a page's figures leave their figure or lie on each other, a line each."""
    return lambda page: page.evaluate(AMISS)


@pytest.fixture
def serious():
    """Give a function that returns what axe-core finds on a page that is serious or worse, a line each."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("axe-core is not installed: pip install 'blandetby[dev]'")

    def of(page):
        found = Axe().run(page).response["violations"]
        weighty = [each for each in found if each["impact"] in ("serious", "critical")]
        return [f"{each['id']}: {node['html'][:120]}" for each in weighty for node in each["nodes"]]

    return of
