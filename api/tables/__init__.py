"""Rows for people and programs: tables on a terminal, CSV, workbooks, JSON."""
