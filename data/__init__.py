"""Data that ship with the product, read by path: the City of Aachen's planning instruments."""
