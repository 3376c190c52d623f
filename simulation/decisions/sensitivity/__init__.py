"""What moves an answer: screening, indices of the variance, chance, the worth of knowing, and rules."""
