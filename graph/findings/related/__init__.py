"""Plans and goals that are like each other by text and meaning: suggestions for people, never findings."""
