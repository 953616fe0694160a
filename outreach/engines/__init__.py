"""Ranking where the data is: the same query on a cluster, of which only the ranking comes back.

Begin with :func:`outreach.engines.rank.rank_on`. Nothing is imported here: the workers of a cluster, who need the keys
alone, have no more of the program than that.
"""
