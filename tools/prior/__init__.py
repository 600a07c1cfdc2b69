"""Makes the filter's prior out of made-up comments: ``python -m tools.prior``. Nothing of anybody's is in it."""
