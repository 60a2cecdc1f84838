"""Looking back: who of those that crossed in the last months stands on what a list has new?"""
