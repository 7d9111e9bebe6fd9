"""Pages about what is recorded: start, lists, things, search."""
