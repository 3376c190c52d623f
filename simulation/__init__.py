"""Blandet By: an agent-based model of a Danish social-housing area on its way through conversion."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "judge", "load", "run", "share"]

if TYPE_CHECKING:
    from simulation.route import judge, run, share
    from simulation.scenario import load
else:

    def __getattr__(name: str) -> Any:
        """Load a public name when it is asked for, and no sooner."""
        homes = {"load": "simulation.scenario", "judge": "simulation.route", "run": "simulation.route", "share": "simulation.route"}
        if name not in homes:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(homes[name]), name)
