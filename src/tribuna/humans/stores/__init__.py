"""What is kept outside of the models: buckets of pressure, and puzzles that wait for a reader."""
