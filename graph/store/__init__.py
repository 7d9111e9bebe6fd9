"""Text files are the truth, the index is rebuilt from them, SPARQL runs in limited processes beside it."""
