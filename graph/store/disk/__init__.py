"""The index on disk, for stores too large for memory: built beside, switched in, opened read-only by confined workers."""
