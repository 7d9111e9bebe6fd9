"""What people touch: the command line, the pages, SPARQL over HTTP. The only room that knows all others."""
