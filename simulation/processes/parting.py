"""Couples part."""

import numpy as np

from simulation.columns import rows_where, writes
from simulation.population.now import Now
from simulation.state import CHILD, HEAD, PARTNER, State


@writes("persons.household", "persons.role", "flows")
def parting(state: State, now: Now) -> None:
    """Let one of two partners move out: the father where there are children, as a rule, else either."""
    p, rates = state.persons, now.values["rates"]
    partners = rows_where((p.role == PARTNER) & (p.household >= 0))
    ids = state.households.uid[p.household[partners]]
    partners = partners[now.u("parting", ids) < rates["households"]["part"]]
    home = p.household[partners]
    family = state.members(home)
    minors, heads = np.zeros(len(state.households), bool), np.full(len(state.households), -1)
    minors[p.household[family[(p.role[family] == CHILD) & (p.age[family] < 18)]]] = True
    rows = family[p.role[family] == HEAD]
    heads[p.household[rows]] = rows
    woman_leaves = np.where(minors[home], 1 - rates["population"]["lone_parent_female"], 0.5)
    she = now.u("who leaves", state.households.uid[home]) < woman_leaves
    leaving = np.where(p.female[partners] == she, partners, heads[home])
    state.restore_heads(state.remove(leaving, "moved_out"))
