"""What does a customer, lead or click cost?"""
