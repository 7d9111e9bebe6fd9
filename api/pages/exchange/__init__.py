"""Pages for programs and files: import, export, vocabulary, descriptions."""
