"""Who made a change: the shares of physical change, letting rules and measures."""
