"""One rule per module; ``registry`` lists them in the order in which people read them."""
