"""What is the whole made of, and which part stands out?"""
