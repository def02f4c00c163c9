"""Passwords by NIST SP 800-63B: long, of any letters, not easily guessed; argon2id keeps them.

What is easily guessed is told offline by zxcvbn (MIT): it carries lists of breached passwords and
of common words and sees through repeats, keyboard rows, dates and swapped letters.
"""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from tracker.domain.errors import DomainError

LEAST_LENGTH = 15
MOST_LENGTH = 256
# A guesser who has stolen the database tries some thousand a second: 10^10 last for months.
_LEAST_GUESSES_LOG10 = 10.0
_JUDGED_LENGTH = 72
# Words that are the first to be tried here, beside those that zxcvbn knows.
_OUR_WORDS = (
    "migrant", "migrante", "migrantes", "tracker", "contraseña", "frontera", "albergue", "familia",
    "desaparecidos", "buscadoras", "darien", "necocli", "tegucigalpa", "tucson", "mexico",
    "honduras", "colombia", "guadalupe", "teamo", "tequiero", "jesus", "dios", "amor", "futbol",
    "bienvenidos", "secreto", "clave", "buenosdias", "administrador", "salvador", "guatemala",
    "venezuela", "haiti", "estrella", "corazon", "princesa", "america", "cristo", "virgen",
)  # fmt: skip
# OWASP's least for argon2id: 19 MiB, two rounds. 35 ms on the machine it was chosen on.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    """Give what is kept of a password."""
    return _HASHER.hash(_normal(password))


def password_is_right(password: str, password_hash: str | None) -> bool:
    """Compare a password with what is kept; where nothing is kept the work is the same."""
    try:
        _HASHER.verify(password_hash or _hash_of_nobody(), _normal(password[:MOST_LENGTH]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def check_new_password(password: str, *about: str) -> None:
    """Refuse a password that is too short, too long or easily guessed; `about` is its owner.

    Raises `DomainError` with `password_too_short`, `password_too_long` or `password_easy`.
    """
    normal = _normal(password)
    if len(normal) < LEAST_LENGTH:
        raise DomainError("password_too_short", field="password", least=LEAST_LENGTH)
    if len(normal) > MOST_LENGTH:
        raise DomainError("password_too_long", field="password", most=MOST_LENGTH)
    known = [word.casefold() for text in about for word in (text, *text.split()) if len(word) > 2]
    judged = zxcvbn(normal[:_JUDGED_LENGTH].casefold(), user_inputs=[*_OUR_WORDS, *known])
    if float(judged["guesses_log10"]) < _LEAST_GUESSES_LOG10:
        raise DomainError("password_easy", field="password")


def _normal(password: str) -> str:
    """Write a password the same whatever the keyboard that typed it."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hash_of_nobody() -> str:
    return hash_password("the password of an account that does not exist")
