"""What a delivery made of a review needs: ids that stay, fields and their columns, open questions, no persons."""
