"""What every page is made of: the call, the site, names, kinds and facts."""
