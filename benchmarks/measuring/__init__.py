"""How is measured: figures beside bars, processes of their own, other engines, balancers, ports."""
