"""Where are people lost on the way to the order, and who is ready for it?"""
