"""Pages that answer questions: ready-made ones and free SPARQL."""
