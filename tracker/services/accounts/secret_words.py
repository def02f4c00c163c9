"""Random words that open something once they are shown, and the hash that is all we keep."""

import secrets
from hashlib import sha256

_BYTES = 32


def new_secret() -> str:
    """Make a word of 256 random bits."""
    return secrets.token_urlsafe(_BYTES)


def hash_of_secret(secret: str) -> str:
    """Give what is stored of a word of our own: its bits are too many to be guessed."""
    return sha256(secret.encode()).hexdigest()
