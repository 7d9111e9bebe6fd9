"""What the command line understands, by job; light to import, since every start needs it."""
