"""What a browser can bring by itself, without asking its reader anything."""
