"""What a run assumes, as data: scenarios, places and rates."""
