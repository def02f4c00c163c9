"""Short public ids: stable, never reused, easy to read out over a telephone."""

import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_SPACE = 32**6
# Odd, so that every number below the space has an id of its own; spreads neighbours apart.
_STRIDE = 704_158_909


def public_id(number: int) -> str:
    """Give the public id of the incident with this number (below 32**6), such as `4TX-09M`."""
    if not 0 <= number < _SPACE:
        raise ValueError(f"no public id for incident {number}")
    mixed = number * _STRIDE % _SPACE
    letters = [_LETTERS[(mixed >> shift) & 31] for shift in range(25, -1, -5)]
    return "".join(letters[:3]) + "-" + "".join(letters[3:])


def random_public_id(kind: str) -> str:
    """Make the public id of a person's record, a match or a search, such as `C-7Q2M-K0XD`.

    It is drawn by chance: from one nobody can count how many there are.
    """
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return f"{kind}-{''.join(letters[:4])}-{''.join(letters[4:])}"
