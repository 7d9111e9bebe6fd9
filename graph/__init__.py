"""The way of a statement, from what people bring to what they take away.

A table cell walks once through: ``intake`` reads rows and turns them into triples; ``store`` keeps them as text files,
one per source, and answers SPARQL; ``network`` builds one typed NetworkX multigraph, as of a day; ``findings`` looks for
overlaps and gaps in it; ``output`` writes what people take away: pictures, tables, RDF. Each room imports only from
those before it; intake and store do not know each other.
"""
