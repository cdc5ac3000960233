"""Did the money come back?"""
