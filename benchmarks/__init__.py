"""How fast, and against what. Run by hand, never with the tests: `python -m pytest benchmarks`."""
