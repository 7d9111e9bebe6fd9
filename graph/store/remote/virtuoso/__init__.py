"""Virtuoso 7: what it must be asked otherwise, and what it says otherwise."""
