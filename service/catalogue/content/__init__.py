"""Is the content seen, watched, opened and answered?"""
