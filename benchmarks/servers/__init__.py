"""What stores on SPARQL servers cost beside the embedded one, and how one does with a country."""
