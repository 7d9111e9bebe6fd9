"""What people take away, pictures and exchange files: reads the network and its findings, changes neither."""
