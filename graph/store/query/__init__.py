"""A query before it is run: its words looked at, its limits, what comes out, and the sentences where nothing does."""
