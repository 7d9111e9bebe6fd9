"""How fast the product is, as ratios to what anybody could use instead; nothing here ships with it."""
