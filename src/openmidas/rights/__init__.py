"""What people can ask of the State at its border: to be heard, and to be told what is recorded."""
