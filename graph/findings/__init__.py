"""Rules that find overlaps and gaps in the network, each finding with its evidence; one rule per module."""
