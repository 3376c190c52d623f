"""The local page: choose a scenario, change its levers, run it, compare it with what it was; nothing leaves the machine."""
