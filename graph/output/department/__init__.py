"""The ten-minute sheet for one department: what is known of its plans, what is missing, and room for the answers."""
