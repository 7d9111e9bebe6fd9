"""Many cities in one deployment: the register of cities, one workspace each, the pages of a region, questions across cities.

A city's pages, queries and exports know nothing of this: they are asked through a workspace of their own.
"""
