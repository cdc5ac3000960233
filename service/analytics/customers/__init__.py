"""What do customers buy, how long do they stay, and what will they be worth?"""
