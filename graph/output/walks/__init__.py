"""A walk through a meeting: prepared step by step, stored as text, shown as slides, taken along as one file."""
