"""What a State asks first: is anything that was acknowledged ever lost, and how do you know?"""
