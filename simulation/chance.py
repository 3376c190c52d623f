"""Chance keyed by stable identifiers: a draw belongs to a process, a year and a person, never to the order of calls.

A key (of process, year, seed, draw, replicate) and an identifier are mixed separately and then together: the identifier
is scattered when it is made, the key is added by exclusive or, and the sum is scattered again. So no key is another key
shifted by one person. The scatter is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's constants).
"""

import hashlib
from functools import lru_cache
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

_BLOCK = 8_192  # numbers mixed at a time, so that the work stays in the processor's cache
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MULTIPLY_1, _MULTIPLY_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_RIGHT_30, _RIGHT_27, _RIGHT_31 = np.uint64(30), np.uint64(27), np.uint64(31)
_RIGHT_12, _ONE_AS_BITS = np.uint64(12), np.uint64(0x3FF0000000000000)
_JUST_BELOW_ONE = 1.0 - 2.0**-53


@lru_cache(maxsize=65_536)
def _hashed(parts: tuple[int | str, ...]) -> int:
    text = "\x1f".join(f"{len(part)}:{part}" if isinstance(part, str) else f"i{part}" for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def key(*parts: int | str) -> int:
    """Make a 64-bit key from whole numbers and words; their order and their kinds count."""
    # A NumPy integer must give the key of the plain one: its text is not the same.
    return _hashed(tuple(part if isinstance(part, str) else index(part) for part in parts))


def _scatter(numbers: NDArray[np.uint64], scratch: NDArray[np.uint64]) -> None:
    np.right_shift(numbers, _RIGHT_30, out=scratch)
    np.bitwise_xor(numbers, scratch, out=numbers)
    np.multiply(numbers, _MULTIPLY_1, out=numbers)
    np.right_shift(numbers, _RIGHT_27, out=scratch)
    np.bitwise_xor(numbers, scratch, out=numbers)
    np.multiply(numbers, _MULTIPLY_2, out=numbers)
    np.right_shift(numbers, _RIGHT_31, out=scratch)
    np.bitwise_xor(numbers, scratch, out=numbers)


def identify(numbers: ArrayLike) -> NDArray[np.uint64]:
    """Turn plain numbers into identifiers: scattered once and for all, so that a draw has only the key to mix in."""
    found = np.array(numbers, dtype=np.uint64)
    np.multiply(found, _GOLDEN, out=found)
    _scatter(found, np.empty_like(found))
    return found


def _mix(key: np.uint64, ids: NDArray[np.uint64], out: NDArray[np.uint64], scratch: NDArray[np.uint64]) -> None:
    np.bitwise_xor(ids, key, out=out)
    _scatter(out, scratch)


def draws(key: int, numbers: ArrayLike) -> NDArray[np.float64]:
    """Draw one number for each plain number (a row, an ordinal), as :func:`draws_of` does for identifiers."""
    return draws_of(key, identify(numbers))


def draws_of(key: int, ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Draw one number for each identifier, uniform and strictly between 0 and 1; the same shape as `ids`."""
    flat, mixer = ids.ravel(), np.uint64(key)
    bits = np.empty(flat.size, dtype=np.uint64)
    scratch = np.empty(min(_BLOCK, flat.size), dtype=np.uint64)
    numbers = bits.view(np.float64)
    for start in range(0, flat.size, _BLOCK):
        block = bits[start : start + _BLOCK]
        _mix(mixer, flat[start : start + _BLOCK], block, scratch[: block.size])
        # The upper 52 bits become the fraction of a double in [1, 2); a half step less than one taken off keeps 0 and 1 out.
        np.right_shift(block, _RIGHT_12, out=block)
        np.bitwise_or(block, _ONE_AS_BITS, out=block)
        np.subtract(numbers[start : start + _BLOCK], _JUST_BELOW_ONE, out=numbers[start : start + _BLOCK])
    return numbers.reshape(ids.shape)


def child(ids: NDArray[np.uint64], salt: int | str, ordinals: ArrayLike) -> NDArray[np.uint64]:
    """Derive the identifiers of descendants: of a parent, a kind of descent (`salt`) and a number in order.

    Both arrays are broadcast against each other. The same parent, salt and ordinal always give the same identifier.
    """
    parents, numbers = np.broadcast_arrays(ids, np.asarray(ordinals, dtype=np.uint64))
    out, scratch = np.empty(parents.shape, dtype=np.uint64), np.empty(parents.shape, dtype=np.uint64)
    _mix(np.uint64(key("child", salt)), parents, out, scratch)
    np.add(out, numbers, out=out)
    _mix(np.uint64(key("ordinal")), identify(out), out, scratch)
    return identify(out)
