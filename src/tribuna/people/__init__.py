"""People: those who work in the newsroom and sign in. Readers have no account and never appear here.

Verbs: none yet; Django's and Wagtail's own account views do the work. It never knows a reader.
"""
