"""Ways of looking at the network: each lens chooses what is shown and where it stands; how it is drawn is not its matter."""
