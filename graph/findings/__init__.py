"""What the network tells: rules that find overlaps and gaps (``rules``), duties (``duty``), and what people make of them.

Every finding carries its evidence; decisions, comparisons and dry runs stand on findings.
"""
