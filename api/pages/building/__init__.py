"""The builder: a question clicked together."""
