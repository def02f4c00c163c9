"""Remake the files of geodata/data from named boundaries: python -m geodata.build."""
