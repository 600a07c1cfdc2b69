"""What Tribuna is compared with, as plain as its makers' own tutorials make it."""
