"""Where queries run: a host process with limited workers that can be killed, and the way there and back."""
