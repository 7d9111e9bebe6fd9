"""The document as files that people take along: one offline page, drawings, tables, graphs for other programs."""
