"""The page of a sealed post: it asks for pass phrases, opens the database, and makes room for the pages."""
