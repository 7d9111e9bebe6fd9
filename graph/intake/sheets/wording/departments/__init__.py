"""Departments as cells name them: by number, name or part of a name, several at once, with what each is there."""
