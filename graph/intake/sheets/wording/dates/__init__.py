"""Points and spans of time as people write them in cells."""
