"""How a sheet lies: its tables, their headings, which way they run, and what each row is. Reads cells only."""
