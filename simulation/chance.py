"""Chance keyed by stable identifiers: a draw belongs to a process, a year and a person, never to the order of calls.

A key (of process, year, seed, draw, replicate) and an identifier are mixed separately and then together: the identifier
is scattered when it is made, the key is added by exclusive or, and the sum is scattered again. So no key is another key
shifted by one person. The scatter is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's constants).
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

_BLOCK = 8_192  # numbers mixed at a time, so that the work stays in the processor's cache
# As arrays: NumPy turns a number into one on every use.
_GOLDEN = np.array(0x9E3779B97F4A7C15, np.uint64)
_MULTIPLY_1, _MULTIPLY_2 = np.array(0xBF58476D1CE4E5B9, np.uint64), np.array(0x94D049BB133111EB, np.uint64)
_RIGHT_30, _RIGHT_27, _RIGHT_31 = np.array(30, np.uint64), np.array(27, np.uint64), np.array(31, np.uint64)
_RIGHT_12, _ONE_AS_BITS = np.array(12, np.uint64), np.array(0x3FF0000000000000, np.uint64)
_JUST_BELOW_ONE = np.array(1.0 - 2.0**-53)


@lru_cache(maxsize=65_536, typed=True)
def key(*parts: int | str) -> int:
    """Make a 64-bit key from whole numbers and words; their order and their kinds count."""
    return _digest("\x1f".join([_said(part) for part in parts]))


@lru_cache(maxsize=64, typed=True)
def begun(*parts: int | str) -> str:
    """Return the first parts of keys that begin alike, as :func:`key_of` takes them."""
    return "".join([_said(part) + "\x1f" for part in parts])


def key_of(begun: str, word: str, number: int) -> int:
    """Make the :func:`key` of the parts that are begun, a word and a plain whole number."""
    return _digest(f"{begun}{len(word)}:{word}\x1fi{number}")


def _said(part: int | str) -> str:
    # A NumPy integer must give the key of the plain one: its text is not the same.
    return f"{len(part)}:{part}" if isinstance(part, str) else f"i{index(part)}"


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _scatter(numbers: NDArray[np.uint64]) -> None:
    numbers ^= numbers >> _RIGHT_30
    numbers *= _MULTIPLY_1
    numbers ^= numbers >> _RIGHT_27
    numbers *= _MULTIPLY_2
    numbers ^= numbers >> _RIGHT_31


def identify(numbers: ArrayLike) -> NDArray[np.uint64]:
    """Turn plain numbers into identifiers: scattered once and for all, so that a draw has only the key to mix in."""
    found = np.array(numbers, dtype=np.uint64)
    found *= _GOLDEN
    _scatter(found)
    return found


def _mixed(key: int, ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = np.empty(ids.shape, np.uint64)
    np.bitwise_xor(ids, np.array(key, np.uint64), out=mixed)
    _scatter(mixed)
    return mixed


def draws(key: int, numbers: ArrayLike) -> NDArray[np.float64]:
    """Draw one number for each plain number (a row, an ordinal), as :func:`draws_of` does for identifiers."""
    return draws_of(key, identify(numbers))


def draws_of(key: int, ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw one number for each identifier, uniform and strictly between 0 and 1; the same shape as `ids`."""
    if ids.size <= _BLOCK:
        return _uniform(_mixed(key, ids))
    flat, numbers = ids.ravel(), np.empty(ids.size)
    for start in range(0, ids.size, _BLOCK):
        numbers[start : start + _BLOCK] = _uniform(_mixed(key, flat[start : start + _BLOCK]))
    return numbers.reshape(ids.shape)


def draws_each(keys: Sequence[int], ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw a row of numbers for each key, every row as :func:`draws_of` draws it: keys, identifiers.

    For a few identifiers this takes hardly longer than one key alone.
    """
    if ids.size * len(keys) > _BLOCK:
        return np.stack([draws_of(key, ids) for key in keys])
    mixed = ids ^ np.array(keys, np.uint64)[:, None]
    _scatter(mixed)
    return _uniform(mixed)


def _uniform(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Turn bits, in place, into numbers between 0 and 1."""
    # The upper 52 bits become the fraction of a double in [1, 2); a half step less than one taken off keeps 0 and 1 out.
    bits >>= _RIGHT_12
    bits |= _ONE_AS_BITS
    numbers = bits.view(np.float64)
    numbers -= _JUST_BELOW_ONE
    return numbers


def child(ids: NDArray[np.uint64], salt: int | str, ordinals: ArrayLike) -> NDArray[np.uint64]:
    """Derive the identifiers of descendants: of a parent, a kind of descent (`salt`) and a number in order.

    Both are broadcast against each other. The same parent, salt and ordinal always give the same identifier.
    """
    named = _mixed(key("child", salt), ids) + np.asarray(ordinals, dtype=np.uint64)
    return identify(_mixed(key("ordinal"), identify(named)))
