"""Packs entries of the ledger as columns of numbers, and reads them back."""

import io
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.db.ledger import ENTRY_COLUMNS
from tracker.domain.statuses import Reason

NO_NUMBER = np.iinfo(np.int32).min
REASONS = tuple(Reason)


def pack_columns(entries: pd.DataFrame) -> bytes:
    """Pack entries of the ledger as columns of numbers; `unpack_columns` reads them back."""
    columns: dict[str, npt.NDArray[np.int32]] = {}
    for name in ENTRY_COLUMNS:
        if name == "import_id":
            continue
        if name == "reason":
            numbers = entries[name].map({str(code): at for at, code in enumerate(REASONS)})
            columns[name] = numbers.to_numpy().astype(np.int32)
            continue
        values = entries[name].to_numpy(dtype=float, na_value=np.nan)
        columns[name] = np.where(np.isnan(values), NO_NUMBER, values).astype(np.int32)
    return _saved(columns)


def unpack_columns(packed: bytes) -> dict[str, npt.NDArray[np.int32]]:
    """Read columns back; unknown numbers are the smallest int32."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as columns:
        return {name: columns[name] for name in columns.files}


def join_columns(packed: Sequence[bytes]) -> bytes:
    """Join packed columns end to end."""
    parts = [unpack_columns(part) for part in packed]
    return _saved({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _saved(columns: dict[str, npt.NDArray[np.int32]]) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **columns)
    return file.getvalue()
