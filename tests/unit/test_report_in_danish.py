"""What a Danish reader would notice: units, years, intervals, and names instead of codes."""

from simulation.report.assumptions import assumptions
from simulation.scenario import load, shipped_names
from simulation.scenario.provenance import Parameter
from simulation.words import catalogue


def test_every_unit_of_what_ships_has_its_words_in_both_languages():
    shown = {row.unit for name in shipped_names() for row in load(name).parameters() if row.unit and (row.drawn or row.basis == "assumed")}
    assert sorted(shown - catalogue("unit", "da").keys()) == []
    assert all(catalogue("unit", "en")[unit] == unit for unit in shown)


def test_a_year_is_no_number_of_thousands_and_an_interval_reads_in_danish():
    given = {"unit": "", "basis": "assumed", "source": "", "note": "", "drawn": False, "fitted": False, "low": None, "high": None}
    year = Parameter(**{**given, "path": "measures.ips.from", "value": 2020})
    drawn = Parameter(**{**given, "path": "city.path", "value": 0, "low": -0.5, "high": 1200, "drawn": True, "unit": "share of residents"})
    rows = assumptions([year, drawn], {"city.path": "byens bane"}, "da")["table"].rows
    assert [row[0] for row in rows] == ["byens bane (city.path)", "measures.ips.from"]
    assert [row[1:4] for row in rows] == [["0", "\u22120,5 til 1.200", "andel af beboerne"], ["2020", "", ""]]
