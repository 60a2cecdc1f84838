"""A State's own lists: listings that two persons answer for, until a day that is set beforehand."""
