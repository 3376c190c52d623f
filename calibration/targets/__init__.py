"""The published values as targets: with what a simulated quantity they are compared, and how closely they can be met."""

from calibration.targets.reading import Check, Target, Targets, read_targets

__all__ = ["Check", "Target", "Targets", "read_targets"]
