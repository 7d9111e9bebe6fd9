"""The pages about several cities: the list, findings and duties beside each other, questions and the search across."""
