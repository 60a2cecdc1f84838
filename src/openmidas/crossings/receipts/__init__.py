"""What a traveller is given: a receipt with a number, signed, and nothing to pay."""
