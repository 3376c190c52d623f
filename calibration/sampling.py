"""Hamiltonian Monte Carlo for many chains side by side, and whether to believe it.

Neal (2011), MCMC using Hamiltonian dynamics; step sizes by dual averaging as in Hoffman and Gelman (2014). Chains are rows, so a
thousand cost little more than one, and many data sets are sampled at once. No library: those at hand bring a compiler or an
automatic differentiation, and the density's gradient is three lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Density = Callable[[Floats], tuple[Floats, Floats]]
WANTED = 0.8  # share of proposals accepted
FIRST_STEP, PULL_BACK, DELAY, FORGET = 0.2, 0.05, 10.0, 0.75  # of dual averaging, as published
LEAPS = 12


@dataclass(frozen=True, eq=False)
class Sampled:
    """``draws``: chains, draws, numbers; ``accepted``: share of proposals, mean over chains."""

    draws: Floats
    accepted: float


def sample(
    density: Density, start: Floats, draws: int, warm_up: int, rng: np.random.Generator, groups: NDArray[np.intp] | None = None
) -> Sampled:
    """Sample a density from chains that begin at ``start`` (chains, numbers).

    ``groups``: of chains, each with a step size of its own (data sets); all together unless given.
    """
    group = np.zeros(len(start), np.intp) if groups is None else groups
    z, (log, slope) = start.copy(), density(start)
    tuner = _Tuner(int(group.max()) + 1)
    kept, accepted = np.empty((len(start), draws, start.shape[1])), 0.0
    for turn in range(warm_up + draws):
        step = (tuner.step if turn < warm_up else tuner.settled)[group][:, None] * rng.uniform(0.8, 1.2)
        z, log, slope, chance = _turn(density, z, log, slope, step, rng)
        if turn < warm_up:
            tuner.hear(np.bincount(group, chance) / np.bincount(group))
        else:
            kept[:, turn - warm_up] = z
            accepted += chance.mean() / draws
    return Sampled(kept, accepted)


def _turn(
    density: Density, z: Floats, log: Floats, slope: Floats, step: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """Propose one path for each chain; return where the chains are then, and each one's chance of having moved."""
    pushed = rng.standard_normal(z.shape)
    energy = log - 0.5 * (pushed**2).sum(axis=1)
    new, push, new_log, new_slope = z, pushed, log, slope
    for _ in range(LEAPS):
        push = push + step / 2 * new_slope
        new = new + step * push
        new_log, new_slope = density(new)
        push = push + step / 2 * new_slope
    gain = new_log - 0.5 * (push**2).sum(axis=1) - energy
    chance = np.exp(np.minimum(np.nan_to_num(gain, nan=-np.inf), 0.0))
    moved = rng.random(len(z)) < chance
    return np.where(moved[:, None], new, z), np.where(moved, new_log, log), np.where(moved[:, None], new_slope, slope), chance


class _Tuner:
    """Dual averaging of the step size, for each group of chains."""

    def __init__(self, groups: int) -> None:
        self.aim = np.full(groups, np.log(10 * FIRST_STEP))
        self.step, self.settled = np.full(groups, FIRST_STEP), np.full(groups, FIRST_STEP)
        self.short, self.turn = np.zeros(groups), 0

    def hear(self, chance: Floats) -> None:
        """Change the step sizes by how often proposals were accepted."""
        self.turn += 1
        weight = 1 / (self.turn + DELAY)
        self.short = (1 - weight) * self.short + weight * (WANTED - chance)
        log = self.aim - np.sqrt(self.turn) / PULL_BACK * self.short
        mix = self.turn**-FORGET
        self.step, self.settled = np.exp(log), np.exp(mix * log + (1 - mix) * np.log(self.settled))


def split_r_hat(draws: Floats) -> Floats:
    """Return by how much halves of chains differ (Gelman et al. 2013): numbers; 1 where they agree. ``draws``: chains, draws, numbers."""
    half = draws.shape[1] // 2
    parts = np.concatenate([draws[:, :half], draws[:, half : 2 * half]])
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = half * parts.mean(axis=1).var(axis=0, ddof=1)
    found: Floats = np.sqrt(((half - 1) / half * within + between / half) / within)
    return found


def effective(draws: Floats) -> Floats:
    """Return how many independent draws the chains are worth (Geyer's initial positive sequence): numbers."""
    chains, length, _ = draws.shape
    centred = draws - draws.mean(axis=(0, 1))
    power = np.abs(np.fft.rfft(centred, n=2 * length, axis=1)) ** 2
    covariance = np.fft.irfft(power, axis=1)[:, :length].mean(axis=0) / length
    rho = covariance / covariance[0]
    pairs = rho[: length // 2 * 2].reshape(length // 2, 2, -1).sum(axis=1)
    going = np.cumprod(pairs > 0, axis=0)
    found: Floats = chains * length / np.maximum(-1 + 2 * (pairs * going).sum(axis=0), 1.0 / length)
    return found
