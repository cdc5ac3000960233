"""Did the change make the difference, and could it be chance?"""
