"""Under which combinations of assumptions something happens: one or two readable rules.

They are found in one half of the futures, by a small decision tree, and tried on the other; what does not hold there is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RARE = 0.05  # what happens in fewer futures, or does not happen in fewer, has no rules
LEAST_LEAF = 0.08  # of the futures from which rules are found
MOST_LEAVES = (2, 3, 4)
DEPTH = 2  # conditions of a rule: more nobody reads
MOST_RULES = 2
FOLDS = 5
ALPHA = 0.01  # of the trial on the other half
ALWAYS, NEVER, NO_RULE, FOUND = "always", "never", "no_rule", "found"


@dataclass(frozen=True)
class Condition:
    """A number above or below a border."""

    factor: int
    above: bool
    border: float


@dataclass(frozen=True)
class Rule:
    """Conditions that hold together. All shares are those of the half that the rule was not found in.

    ``coverage``: of the futures in which it happens, how many the rule tells. ``density``: of the futures that the rule tells, in how
    many it happens. ``p_value``: of such a density, were the rule about nothing.
    """

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    futures: int
    p_value: float


@dataclass(frozen=True)
class Found:
    """What was found on one event: how often it happens, and the rules; ``outcome``: always, never, no_rule, found."""

    outcome: str
    share: float
    futures: int
    rules: tuple[Rule, ...] = ()


def rules_for(numbers: Floats, happens: NDArray[np.bool_], seed: int) -> Found:
    """Return the rules for an event. ``numbers``: futures, factors; ``happens``: futures."""
    share, count = float(happens.mean()), len(happens)
    if min(share, 1 - share) < RARE:
        return Found(ALWAYS if share > 1 / 2 else NEVER, share, count)
    order = np.random.default_rng(seed).permutation(count)
    learn, other = order[: count // 2], order[count // 2 :]
    if happens[learn].all() or not happens[learn].any():
        return Found(NO_RULE, share, count)
    boxes = _boxes(numbers[learn], happens[learn], seed)
    tried = [_tried(box, numbers[other], happens[other]) for box in boxes]
    kept = tuple(rule for rule in tried if rule is not None and rule.p_value < ALPHA / len(boxes))
    return Found(FOUND if kept else NO_RULE, share, count, kept)


def _boxes(numbers: Floats, happens: NDArray[np.bool_], seed: int) -> list[tuple[Condition, ...]]:
    """Return the leaves of a tree in which the event is likelier than on the whole, the likeliest first."""
    from sklearn.tree import DecisionTreeClassifier

    least = max(2, round(LEAST_LEAF * len(happens)))
    form: dict[str, Any] = {"max_depth": DEPTH, "min_samples_leaf": least, "random_state": seed}
    tree = DecisionTreeClassifier(**form, max_leaf_nodes=_leaves(numbers, happens, form)).fit(numbers, happens)
    leaves = list(_walk(tree.tree_, 0, ()))
    one = list(tree.classes_).index(True)
    likely = [(float(_share(tree.tree_, leaf, one)), box) for leaf, box in leaves if box]
    likely = sorted((pair for pair in likely if pair[0] > happens.mean()), key=lambda pair: -pair[0])
    return [box for _, box in likely[:MOST_RULES]]


def _leaves(numbers: Floats, happens: NDArray[np.bool_], form: dict[str, Any]) -> int:
    """Return how many leaves foretell best in futures set aside; of equals, the fewest."""
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.tree import DecisionTreeClassifier

    folds = min(FOLDS, int(happens.sum()), int((~happens).sum()))
    if folds < 2:
        return MOST_LEAVES[0]
    parts = StratifiedKFold(folds, shuffle=True, random_state=form["random_state"])
    scores = [
        cross_val_score(DecisionTreeClassifier(**form, max_leaf_nodes=leaves), numbers, happens, cv=parts, scoring="neg_brier_score").mean()
        for leaves in MOST_LEAVES
    ]
    return MOST_LEAVES[int(np.argmax(np.round(scores, 4)))]


def _share(tree: Any, leaf: int, one: int) -> float:
    value = tree.value[leaf][0]
    return float(value[one] / value.sum())


def _walk(tree: Any, node: int, box: tuple[Condition, ...]) -> Iterator[tuple[int, tuple[Condition, ...]]]:
    """Yield each leaf with the conditions that lead to it; of two on one number and side, the narrower."""
    if tree.children_left[node] < 0:
        yield node, box
        return
    factor, border = int(tree.feature[node]), float(tree.threshold[node])
    for child, above in ((tree.children_left[node], False), (tree.children_right[node], True)):
        apart = tuple(known for known in box if (known.factor, known.above) != (factor, above))
        yield from _walk(tree, int(child), (*apart, Condition(factor, above, border)))


def holds(box: tuple[Condition, ...], numbers: Floats) -> NDArray[np.bool_]:
    """Return in which futures all conditions hold."""
    inside = np.ones(len(numbers), dtype=bool)
    for condition in box:
        column = numbers[:, condition.factor]
        inside &= column > condition.border if condition.above else column <= condition.border
    return inside


def _tried(box: tuple[Condition, ...], numbers: Floats, happens: NDArray[np.bool_]) -> Rule | None:
    from scipy.stats import hypergeom

    inside = holds(box, numbers)
    both, told, all_of = int((inside & happens).sum()), int(inside.sum()), int(happens.sum())
    if not told or not all_of:
        return None
    p_value = float(hypergeom.sf(both - 1, len(happens), all_of, told))
    return Rule(box, both / all_of, both / told, told, p_value)
