"""What fits the model to published values: targets, priors, and fitted draws."""
