"""What is done for commands and pages alike."""
