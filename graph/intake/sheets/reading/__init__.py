"""From the bytes of a file to a ``Book``: .xlsx, .csv and its kin, .ods; runs inside the limited child, opens nothing."""
