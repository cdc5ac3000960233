"""The HTTP doors: they read, negotiate and write; what is computed comes from below."""
