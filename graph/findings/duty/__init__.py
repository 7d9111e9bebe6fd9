"""The duties of a day: what the law in force asks of a body, what answers it, by when."""
