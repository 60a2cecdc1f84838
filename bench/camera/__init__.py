"""How well photographs of documents are read: see ``__main__``."""
