"""What pages, files and commands say, in German and English."""
