"""Where puzzles that were prepared in advance wait for a reader."""
