"""A Django database backend: SQLite through SQLCipher, sealed on disk and synced at every commit."""
