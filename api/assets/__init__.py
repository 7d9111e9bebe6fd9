"""Makes, from packages that npm installed, the files that pages load."""
