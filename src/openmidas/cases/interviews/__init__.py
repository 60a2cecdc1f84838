"""The interview: who has taken a traveller, what was noted and checked, how the person was treated."""
