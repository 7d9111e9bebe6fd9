"""Pages that prepare and show walks through a meeting."""
