"""From statements to one typed NetworkX multigraph, read as of a day; which concepts plans have; where nodes stand."""
