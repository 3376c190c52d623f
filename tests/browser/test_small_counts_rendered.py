"""No count of one to four people in what the local page draws and writes of a tiny district, in any year of its map."""

import pytest

from simulation.files import sha256_of
from simulation.web.sessions import FOLDER_DIGITS
from tests import district, few
from tests.browser.test_page import LONG, ended, started, unfold
from tests.end_to_end.test_small_counts_published import PLAN

# Everything that can be read or is read out: texts, titles, labels; of the figure of residents the numbers at its end, and its table.
READ = """() => {
  const named = /^(Residents|Beboere)$/;
  const labelled = [...document.querySelectorAll("[aria-label], [title]")];
  const figures = [...document.querySelectorAll("figure")].filter((each) => named.test((each.querySelector("strong") || {}).innerText));
  const rows = [...document.querySelectorAll("#results tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  return {
    texts: [document.body.innerText, ...labelled.flatMap((each) => [each.getAttribute("aria-label") || "", each.title || ""])],
    numbers: [
      ...figures.flatMap((each) => [...each.querySelectorAll(".end, .ends, td")]).flatMap((cell) => cell.textContent.split("\u2013")),
      ...rows.filter(([name]) => named.test(name)).flatMap((cells) => cells.slice(1, 3)),
    ],
  };
}"""


def found(page):
    """Return the small counts on the page as it is now, a line each; and how many numbers of residents were read."""
    told = page.evaluate(READ)
    lines = [line for text in told["texts"] for line in few.in_text(text)]
    return lines + [f"residents: {text}" for text in told["numbers"] if few.is_few(few.number_of(text))], len(told["numbers"])


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    pytest.importorskip("uvicorn", reason="the local page is not installed: pip install 'blandetby[web]'")
    out = tmp_path_factory.mktemp("page")
    process, where = started(out)
    page = browser.new_page()
    page.goto(where)
    page.wait_for_selector("#groups details")
    (cookie,) = page.context.cookies()
    district.lay(out / sha256_of(cookie["value"].encode())[:FOLDER_DIGITS])
    page.set_input_files("#file", {"name": "small_plan.yaml", "mimeType": "application/yaml", "buffer": PLAN.encode()})
    page.wait_for_selector("[id='lever-demolition.gran.dwellings']")
    page.fill("[id='lever-demolition.gran.dwellings']", "12")
    page.select_option("#futures", "first")
    page.click("#run")
    page.wait_for_selector(".verdict", timeout=LONG)
    page.wait_for_selector("#stop:disabled", timeout=LONG)
    yield page
    page.close()
    ended(process)


@pytest.mark.parametrize("lang", ["en", "da"])
def test_no_year_of_the_page_tells_a_small_count(page, lang):
    page.click(f"nav a[lang='{lang}']") if page.evaluate("document.documentElement.lang") != lang else None
    page.wait_for_selector(f"html[lang='{lang}'] .verdict")
    unfold(page)
    for way in ("projected", "planned"):
        page.select_option("#map-way", way)
        page.focus("#map-year")
        page.keyboard.press("Home")
        for _ in range(int(page.get_attribute("#map-year", "max")) - int(page.get_attribute("#map-year", "min")) + 1):
            lines, read = found(page)
            assert lines == [] and read > 10
            page.keyboard.press("ArrowRight")


@pytest.mark.parametrize(
    "planted",
    [
        "document.querySelector('#answer .hint').textContent = 'There live 4 residents.'",
        "document.querySelector('#district canvas').setAttribute('aria-label', 'Granparken: 3 persons')",
        "[...document.querySelectorAll('figure')].find((each) => /^Beboere/.test(each.innerText)).querySelector('.end').textContent = '2'",
        "[...document.querySelectorAll('#areas tr')].find((row) => /^Beboere/.test(row.innerText)).children[1].textContent = '4'",
    ],
)
def test_a_planted_count_is_found(page, planted):
    page.click("nav a[lang='da']") if page.evaluate("document.documentElement.lang") != "da" else page.reload()
    page.wait_for_selector("html[lang='da'] .verdict")
    page.evaluate(planted)
    assert found(page)[0] != []
