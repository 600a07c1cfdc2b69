"""Dates as a newspaper prints them; what is not said here is Django's."""
