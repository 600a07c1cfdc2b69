"""The desk over HTTP, for moderators; the public pages and the appeal, for readers."""
