"""A store behind an address: any SPARQL 1.1 server keeps the sources, their log and their index for everybody who asks."""
