"""Do customers, and their money, stay?"""
