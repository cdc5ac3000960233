"""Which channel earned the conversion?"""
