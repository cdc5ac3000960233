"""How fast and how surely do deals close?"""
