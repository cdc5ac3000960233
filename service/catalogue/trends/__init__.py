"""Where is it heading, and how sure is that?"""
