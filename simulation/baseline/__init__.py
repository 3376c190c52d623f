"""The starting residents and homes: built from the place's margins, such that the published list comes out by construction."""

from simulation.baseline.assimilating import assimilate
from simulation.baseline.build import build, layout_of

__all__ = ["assimilate", "build", "layout_of"]
