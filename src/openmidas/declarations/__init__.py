"""Herds and goods that people declare as they cross: for statistics, and for certificates of transhumance."""
