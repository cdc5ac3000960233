"""What is a customer worth?"""
