"""Say everything on every console: for a letter that its code page lacks, one that it has."""

import codecs
import sys

NAME = "blandetby.plain"
# By their nearest likeness, of one letter where there is one, so that tables keep their columns.
_ONE_FOR_ONE = zip(
    "\u2212\u2013\u2010\u2011\u2500\u2501\u2192\u00d7\u2605\u2606\u25cf\u25cb\u00b7\u00a0\u202f\u201c\u201d\u201e«»\u2019éÉ",
    '------>x*.*o-  """""\'eE',
    strict=True,
)
_SPELT = {"\u2265": ">=", "\u2264": "<=", "\u2026": "...", "§": "par.", "²": "2", "±": "+-"}
_DANISH = {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
PLAIN = {**dict(_ONE_FOR_ONE), **_SPELT, **_DANISH}


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Give what stands for letters that cannot be encoded: their nearest likeness, else a question mark. Raise other errors again."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter, "?") for letter in letters), error.end


def heed_code_page() -> None:
    """Let standard output and standard error take every letter, whatever their encoding."""
    codecs.register_error(NAME, plainly)
    for stream in (sys.stdout, sys.stderr):
        if not is_whole(stream.encoding) and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)


def is_whole(encoding: str | None) -> bool:
    """Tell whether an encoding has every letter."""
    return (encoding or "").lower().replace("-", "").replace("_", "").startswith("utf")
