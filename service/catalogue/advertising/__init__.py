"""Did the advertising reach people, and did they respond?"""
