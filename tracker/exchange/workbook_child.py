"""Turn the first filled sheet of a workbook into CSV, run as a process of its own with limits.

Called as `python workbook_child.py WORKBOOK CSV MEMORY_BYTES CPU_SECONDS [SHEET ...]`; sheets that
are named are written beside it. Imports nothing of ours.
"""

import csv
import datetime as dt
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

try:
    import resource
except ImportError:  # Windows: the parent's clock is the only limit
    resource = None  # type: ignore[assignment]


def cell_text(value: object) -> str:
    """Return a cell as the words a CSV would hold: whole numbers without a point, ISO dates."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def limit_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Let the system end this process when it takes more."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_csv(workbook: str, target: Path, also: list[str]) -> bool:
    """Write the first sheet that has cells, and the ones named; return whether there was one."""
    book = CalamineWorkbook.from_path(workbook)
    written = False
    for name in book.sheet_names:
        if written and name not in also:
            continue
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        if rows:
            path = target.with_name(f"{name}.csv") if written else target
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([cell_text(cell) for cell in row] for row in rows)
            written = True
    return written


if __name__ == "__main__":
    limit_process(int(sys.argv[3]), int(sys.argv[4]))
    sys.exit(0 if write_csv(sys.argv[1], Path(sys.argv[2]), sys.argv[5:]) else 3)
