"""The pages: each reads the network and its findings and shows them to people as HTML, to programs as JSON."""
