"""Couples part."""

import numpy as np

from simulation.columns import writes
from simulation.population.now import Now
from simulation.state import CHILD, HEAD, PARTNER, State


@writes("persons.household", "persons.role", "flows")
def parting(state: State, now: Now) -> None:
    """Let one of two partners move out: the father where there are children, as a rule, else either."""
    p, rates = state.persons, now.values["rates"]
    partners = np.flatnonzero((p.role == PARTNER) & (p.household >= 0))
    home = p.household[partners]
    parted = now.u("parting", state.households.uid[home]) < rates["households"]["part"]
    minors = np.bincount(p.household[(p.role == CHILD) & (p.age < 18) & (p.household >= 0)], minlength=len(state.households))
    woman_leaves = np.where(minors[home] > 0, 1 - rates["population"]["lone_parent_female"], 0.5)
    she = now.u("who leaves", state.households.uid[home]) < woman_leaves
    heads = np.full(len(state.households), -1)
    rows = np.flatnonzero((p.role == HEAD) & (p.household >= 0))
    heads[p.household[rows]] = rows
    leaving = np.where(p.female[partners] == she, partners, heads[home])
    state.restore_heads(state.remove(leaving[parted], "moved_out"))
