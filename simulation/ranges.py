"""Ranges of numbers in words, in place of comparisons with an x."""

import re

from simulation import words

GROUPED = 10_000  # from here on thousands are set apart; a year is below
_NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"
_BETWEEN = re.compile(rf"{_NUMBER} ?<= ?x ?<= ?{_NUMBER}")
_LEAST = re.compile(rf"x ?>= ?{_NUMBER}|{_NUMBER} ?<= ?x(?! ?<)")
_MOST = re.compile(rf"x ?<= ?{_NUMBER}")


def in_words(text: str, lang: str) -> str:
    """Return a text with the comparisons in it said in the reader's words, and their numbers as the language writes them."""
    text = _BETWEEN.sub(lambda found: words.say("cli.help.between", lang, low=_shown(found[1], lang), high=_shown(found[2], lang)), text)
    text = _LEAST.sub(lambda found: words.say("cli.help.least", lang, low=_shown(found[1] or found[2], lang)), text)
    return _MOST.sub(lambda found: words.say("cli.help.most", lang, high=_shown(found[1], lang)), text)


def _shown(number: str, lang: str) -> str:
    if "e" not in number and "." not in number and abs(float(number)) < GROUPED:
        return number.replace("-", words.MINUS)
    whole = float(number).is_integer()
    return words.number(float(number), lang, 0 if whole else len(number.partition(".")[2]) if "e" not in number else 6)
