"""What pages and the API share: session and actor, language, headers, errors, caches."""
