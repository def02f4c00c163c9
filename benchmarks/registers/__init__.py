"""Makes two registers with known truth: people who are sought, and remains without a name.

Everything in them is invented: names, villages' families, bodies, belongings, numbers, days and
places of death. Nobody described here ever lived, and no row was drawn from a record of a real
person. Shares are assumptions unless docs/registers.md says otherwise.
"""

from benchmarks.registers.making import Registers, make_registers

__all__ = ["Registers", "make_registers"]
