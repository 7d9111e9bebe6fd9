"""From a workbook to the store: what is known goes in, a review comes back, what is certain is committed."""
