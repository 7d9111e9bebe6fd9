"""Data made for benchmarks: cities and countries in the shape of a real one, never its words."""
