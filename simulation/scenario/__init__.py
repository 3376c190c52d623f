"""What one run assumes: scenario files with their ranges and sources, and the values drawn from them."""

from simulation.scenario.describing import Happening, describe, section_name
from simulation.scenario.loading import load
from simulation.scenario.model import Given, Scenario
from simulation.scenario.narrowing import alone, unfitted
from simulation.scenario.provenance import Parameter
from simulation.scenario.ranged import Ranged
from simulation.scenario.sources import shipped_names
from simulation.scenario.values import Values

__all__ = [
    "Given",
    "Happening",
    "Parameter",
    "Ranged",
    "Scenario",
    "Values",
    "alone",
    "describe",
    "load",
    "section_name",
    "shipped_names",
    "unfitted",
]
