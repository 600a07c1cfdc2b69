"""Where printed pages are kept: one store each."""
