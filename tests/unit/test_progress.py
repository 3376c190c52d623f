"""What a waiting person is told: members done, how fast they come, and the time left, none of it before it can be known."""

import io
import sys

import pytest

from simulation import words
from simulation.progress import SOON, Pace, Watch


def test_nothing_is_told_before_it_can_be_known():
    pace = Pace()
    assert pace.after(0, 100, now=10.0) is None
    assert pace.after(4, 100, now=10.0 + SOON / 2) is None
    assert pace.after(0, 100, now=10.0 + 2 * SOON) is None


def test_the_rate_is_that_of_the_members_made_since():
    pace = Pace()
    pace.after(0, 100, now=10.0)
    assert pace.after(20, 100, now=20.0) == (2.0, 40.0)
    assert pace.after(100, 100, now=60.0) == (2.0, 0.0)


def test_what_was_there_before_says_nothing_of_the_rate():
    pace = Pace()
    pace.after(90, 100, now=0.0)
    assert pace.after(95, 100, now=10.0) == (0.5, 10.0)


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("lang", words.languages())
def test_a_person_sees_members_rate_and_time_left(monkeypatch, lang):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(Pace, "after", lambda pace, done, total, now: (1.5, 657.0) if done else None)
    monkeypatch.setenv("COLUMNS", "160")
    watch = Watch(lang, quiet=False)
    watch.progress(0, 1_000)
    watch.progress(15, 1_000)
    watch._bar.refresh()
    watch.close()
    said = terminal.getvalue()
    for piece in ("15/1000", words.say("cli.run.rate", lang, rate=words.number(1.5, lang, 1)), "10:57"):
        assert piece in said


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_and_pipes_see_nothing(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    watch = Watch("en", quiet=stream.isatty())
    watch.progress(1, 2)
    watch.close()
    assert stream.getvalue() == ""
