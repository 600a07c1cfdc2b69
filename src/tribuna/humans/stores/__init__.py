"""Where what all processes share is kept: the buckets of pressure in the database or in Redis, or nowhere."""
