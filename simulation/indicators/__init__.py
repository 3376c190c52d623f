"""From records to answers: criteria over time, category, family share, spread, goals, and what would have to come.

Everything here takes a :class:`simulation.records.Ensemble`; nothing here knows a person, a process or the engine.
"""
