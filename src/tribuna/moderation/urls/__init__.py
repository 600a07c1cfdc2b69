"""Addresses of the desk, in the admin, and of what everybody may see of it."""
