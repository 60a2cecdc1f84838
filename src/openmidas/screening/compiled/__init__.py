"""Editions compiled for searching: arrays in one file, read from where they lie.

`compiling` makes the bytes, `layout` says how they stand in the file and checks it, `postings` and
`vocabulary` are what is searched, `records` are the listings themselves, `candidates` finds those
that are worth comparing with a traveller.
"""
