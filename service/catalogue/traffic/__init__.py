"""Who comes, from where?"""
