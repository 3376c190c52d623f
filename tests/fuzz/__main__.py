"""Many generated inputs in a row: `python -m tests.fuzz [--count 10000] [--seed 1] [--kind NAME] [--run 0.1]`.

Prints how many of each kind were done (exit 0) and refused (exit 2), and the first of each way of breaking the word, which is kept as
a file in `tests/fuzz/kept/`: the tests try it from then on.
"""

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.attempt import attempt
from tests.fuzz.inputs import Input
from tests.fuzz.kinds import KINDS, generate

SHORT = ["--draws", "1", "--replicates", "1", "--workers", "1", "--quiet", "--out", "out", "--set", "last_year=2020"]


KEPT = Path(__file__).with_name("kept")


def one(seed: int, kind: str | None = None, run: float = 0.0) -> tuple[str, int]:
    """Try the input of a seed; one of a sound place is also run, with the given chance. Return its kind and exit status."""
    chance = Random(seed)
    name, made = generate(chance, kind)
    return name, tried(made, run=name == "place" and chance.random() < run)


def tried(made: Input, run: bool) -> int:
    """Try an input, and run it where it is sound if that is wanted. Return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        status = attempt(Path(folder), made)
        if status == 0 and run:
            status = attempt(Path(folder), Input(["run", made.given[1], *SHORT]))
    return status


def main() -> int:
    """Try the inputs of consecutive seeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=list(KINDS))
    parser.add_argument("--run", type=float, default=0.1)
    asked = parser.parse_args()
    found: Counter[tuple[str, int]] = Counter()
    broken: dict[str, int] = {}
    for seed in range(asked.seed, asked.seed + asked.count):
        try:
            found[one(seed, asked.kind, asked.run)] += 1
        except (Exception, RecursionError) as error:
            frames = traceback.extract_tb(error.__traceback__)
            where = next((f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames) if "/simulation/" in f.filename), "")
            text = f"{type(error).__name__} at {where}: {str(error)[:160]}"
            key = f"{type(error).__name__} {where}"
            if key not in broken:
                sys.stdout.write(f"seed {seed} ({asked.kind or 'any'}): {text}\n")
                name, made = generate(Random(seed), asked.kind)
                KEPT.mkdir(exist_ok=True)
                (KEPT / f"{name}_{seed}.json").write_text(made.as_json(), encoding="utf-8")
            broken[key] = broken.get(key, 0) + 1
    for (name, status), count in sorted(found.items()):
        sys.stdout.write(f"{name}: exit {status}: {count}\n")
    sys.stdout.write(f"{sum(found.values())} inputs kept, {sum(broken.values())} broke the word in {len(broken)} ways\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
