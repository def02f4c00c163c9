"""Writes a zip that opens with a password alone: AES-256 as WinZip describes it (AE-2).

7-Zip, Keka, WinZip and The Unarchiver open it. Names of files can be read without the password, so
they tell nothing. Keys come from 1,000 rounds of PBKDF2 as the format wants it: too few for a
password that somebody chose. `new_password` gives one of a hundred bits.
"""

import hmac
import secrets
import struct
import zlib
from collections.abc import Mapping
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ZIP = "application/zip"
# Without letters and digits that are taken for one another when they are read out.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _OF_GROUP = 5, 4
_ROUNDS, _KEY, _SALT, _CHECK, _SEAL, _BLOCK = 1_000, 32, 16, 2, 10, 16
_AES, _DEFLATED, _SEALED = 99, 8, 1
# The 1st of January 1980: when a file was made is told within.
_NO_TIME, _FIRST_DAY = 0, 0x21
_NEEDS = 51
_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, _DEFLATED)


def new_password() -> str:
    """Make a password of twenty signs in five groups, to be told apart from the file."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_OF_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def write_sealed_zip(files: Mapping[str, bytes], password: str) -> bytes:
    """Pack files by their names (ASCII) and seal each with the password."""
    packed, listed = b"", b""
    for name, content in files.items():
        sealed = _seal(_deflated(content), password)
        told = struct.pack(
            "<HHHHHIIIHH",
            *(_NEEDS, _SEALED, _AES, _NO_TIME, _FIRST_DAY, 0),
            *(len(sealed), len(content), len(name), len(_EXTRA)),
        )
        called = name.encode("ascii") + _EXTRA
        begins = len(packed)
        packed += b"PK\x03\x04" + told + called + sealed
        beside = struct.pack("<HHHII", 0, 0, 0, 0, begins)
        listed += b"PK\x01\x02" + struct.pack("<H", _NEEDS) + told + beside + called
    count = len(files)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), len(packed), 0)
    return packed + listed + b"PK\x05\x06" + end


def _deflated(content: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush()


def _seal(content: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(_SALT)
    length = 2 * _KEY + _CHECK
    keys = pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, dklen=length)
    sealed = _xor(content, _stream(keys[:_KEY], len(content)))
    mac = hmac.new(keys[_KEY : 2 * _KEY], sealed, "sha1").digest()[:_SEAL]
    return salt + keys[2 * _KEY :] + sealed + mac


def _stream(key: bytes, length: int) -> bytes:
    """Encrypt a counter that begins with 1 and has its lowest byte first, as the format has it."""
    blocks = -(-length // _BLOCK)
    counters = b"".join(number.to_bytes(_BLOCK, "little") for number in range(1, blocks + 1))
    # Each block is another number: this is counter mode, whose own counter has its highest first.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(counters) + encryptor.finalize()


def _xor(one: bytes, other: bytes) -> bytes:
    length = len(one)
    mixed = int.from_bytes(one, "little") ^ int.from_bytes(other[:length], "little")
    return mixed.to_bytes(length, "little")
