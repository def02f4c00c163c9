"""Acts: what people do with the tracker, one function each."""
