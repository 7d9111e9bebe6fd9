"""What people bring: tables are read, understood and turned into triples, or refused with every problem named."""
