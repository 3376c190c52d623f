"""Inputs led by the code they reach: `python -m tests.fuzz.coverage_guided -runs=10000 [a folder that keeps what was found]`.

Atheris (a libFuzzer for Python) makes bytes, and the bytes make every choice of the generator. It comes with the extra `fuzz`.
"""

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["simulation"]):
    from tests.fuzz.attempt import attempt
    from tests.fuzz.kinds import generate


class Bytes(Random):
    """A source of chance that is used up: all its choices are in the bytes given, and nought after their end."""

    def __new__(cls, data: bytes) -> "Bytes":
        return super().__new__(cls)

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self.left = data

    def getrandbits(self, k: int) -> int:
        """Return the next bits."""
        size = (k + 7) // 8
        piece, self.left = self.left[:size], self.left[size:]
        return int.from_bytes(piece.ljust(size, b"\0"), "big") >> (size * 8 - k)

    def random(self) -> float:
        """Return the next fraction."""
        return self.getrandbits(16) / 65536


def try_one(data: bytes) -> None:
    """Try the input that the bytes make."""
    with tempfile.TemporaryDirectory() as folder:
        attempt(Path(folder), generate(Bytes(data))[1])


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
