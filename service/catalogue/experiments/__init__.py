"""Did the change make the difference?"""
