"""The challenges that come with Tribuna; ``person`` is the simple one. ``TRIBUNA_CHALLENGES`` may name others."""
