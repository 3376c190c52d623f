"""Blandet By: an agent-based model of a Danish social-housing area on its way through conversion."""

__version__ = "0.1.0"
