"""Rules of the tracker: what things are called, what counts, who may do what."""
