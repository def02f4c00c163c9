"""Pages, a blueprint a noun."""
