"""The picture on paper: every lens as one vector drawing, and that as SVG, PDF or PNG; decides nothing that a lens decides."""
