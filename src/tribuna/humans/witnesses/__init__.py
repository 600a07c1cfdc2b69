"""What a browser brings by itself, without asking its reader anything: one file each."""
