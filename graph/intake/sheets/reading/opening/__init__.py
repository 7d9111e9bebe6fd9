"""A file opened with care: its zip, its XML, what is refused and what is remarked."""
