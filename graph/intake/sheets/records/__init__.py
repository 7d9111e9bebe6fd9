"""From the rows of a table to records: values by field, what is said twice, what has to be asked."""
