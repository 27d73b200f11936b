"""Wiring: functions, buttons and code of ours in any workbook, and out of it again.

``wire`` puts them in and ``unwire`` takes them out, both as parts to write; every other part
keeps its bytes.
"""
