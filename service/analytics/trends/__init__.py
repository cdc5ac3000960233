"""Where is a series heading, and how sure is that?"""
