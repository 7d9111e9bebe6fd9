"""What several cities say together or side by side: answers to questions, goals like a text, duties, numbers of findings."""
