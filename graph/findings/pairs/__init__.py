"""Which pairs of plans are worth a look, among all of them: found fast and roughly, then settled and explained exactly."""
