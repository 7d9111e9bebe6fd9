"""What programs speak with this service: the protocols of SPARQL and RDF. May touch api and all below, no page."""
