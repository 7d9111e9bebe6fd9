"""Pages about findings, duties and who shares what."""
