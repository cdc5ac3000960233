"""How many go on to the next step?"""
