"""Sources: one file or folder for each kind of archive."""
