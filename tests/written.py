"""What changed between two states, in the words of `@writes`: rows matched by uid, links by whom they lead to."""

import numpy as np

from simulation.columns import Table

LINKS = {("persons", "household"): "households", ("households", "dwelling"): "dwellings", ("participations", "person"): "persons"}
# An account covers what is kept beside it: who is counted out of the area is noted and, if a resident of the start, followed.
COVERS = {"flows": {"flows", "fates", "away"}, "changes": {"changes", "planned_total", "demolished_total"}}


def changed(before, after):
    """Return what a declaration would have to name: ``table.column``, ``+table``, ``-table``, or the name of an array."""
    found = set()
    for name, old in vars(before).items():
        new = getattr(after, name)
        if name.startswith("_"):  # remembered, so that it need not be worked out again
            continue
        if isinstance(old, Table):
            found |= _table(name, before, after)
        elif isinstance(old, np.ndarray):
            if not _equal(old, new):
                found.add(name)
        elif name != "layout" and any(_table(inner, old, new) for inner in vars(old)):
            found.add(name)
    return found


def undeclared(before, after, declared):
    """Return what changed and is not declared."""
    allowed = set(declared).union(*(COVERS[name] for name in declared if name in COVERS))
    return changed(before, after) - allowed


def _equal(old, new):
    return old.shape == new.shape and np.array_equal(old, new, equal_nan=old.dtype.kind == "f")


def _columns(name, state):
    """Return every column of a table; a link as the uid that it leads to, 0 where it leads nowhere."""
    table = getattr(state, name)
    columns = {column: getattr(table, column) for column in table}
    for (of, column), to in LINKS.items():
        if of == name and hasattr(state, to) and "uid" in getattr(state, to):
            uids = np.append(getattr(state, to).uid, np.uint64(0))
            columns[column] = uids[columns[column]]
    return columns


def _keys(columns):
    if "uid" in columns:
        return columns["uid"]
    whole = np.stack([column.astype(np.uint64) for column in columns.values()], axis=1)
    return np.ascontiguousarray(whole).view([("", np.uint64)] * whole.shape[1]).ravel()


def _table(name, before, after):
    old, new = _columns(name, before), _columns(name, after)
    keys = _keys(old), _keys(new)
    here = min(len(keys[0]), len(keys[1]))
    if np.array_equal(keys[0][:here], keys[1][:here]):  # the usual case: the same rows, and perhaps more below
        rows = np.arange(here), np.arange(here)
    else:
        rows = np.intersect1d(*keys, return_indices=True)[1:]
    found = {f"{name}.{column}" for column in old if not _equal(old[column][rows[0]], new[column][rows[1]])}
    found |= {f"+{name}"} if len(keys[1]) > len(rows[1]) else set()
    return found | ({f"-{name}"} if len(keys[0]) > len(rows[0]) else set())
