"""Shapes of what comes in from forms, the API and the command line."""
