"""Documents over HTTP. The press keeps them like pages."""
