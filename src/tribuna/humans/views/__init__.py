"""How human checks meet the web."""
