"""Looking back: who of those that came in the last months, and which document, is new on a list?"""
