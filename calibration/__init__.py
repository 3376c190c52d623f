"""What fits the model to published values: targets, priors, the fit, its trial by known answers, and predictions of held-out lists."""
