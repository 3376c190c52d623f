"""Who can live here: candidate households, the weights that make them a population, and what their members' prospects are."""
