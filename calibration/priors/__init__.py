"""What is held possible before anything is fitted: the ranges that the scenario's own numbers have."""

from calibration.priors.prior import Prior, past_of, priors_of

__all__ = ["Prior", "past_of", "priors_of"]
