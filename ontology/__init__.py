"""The vocabulary: terms, schemes, shapes, table descriptions and ready-made questions, all as files."""
