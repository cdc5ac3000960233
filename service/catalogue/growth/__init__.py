"""Are sales growing, and faster than the market?"""
