"""Tables as drawings and as matrices: reads columns and rows of terms, knows when a drawing says something."""
