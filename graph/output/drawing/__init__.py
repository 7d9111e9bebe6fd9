"""From the network to one document: what is shown, where it stands, how it is drawn and worded."""
