"""What is run inside Pyodide: the functions and scripts of the ``main.py`` beside it.

Handed over as text to ``lite_runner.mjs``, whose last value is the answer as JSON.
"""
# ruff: noqa: PLE1142, F704, ANN001, ANN002, ANN201, ANN202  (runs in Pyodide, which awaits at the top)
# mypy: ignore-errors

import contextlib
import importlib
import io
import json
import sys
import time
from datetime import datetime

import js
import xlwings as xw
from xlwings.server import (
    custom_functions_call,
    custom_functions_meta,
    custom_scripts_call,
    custom_scripts_meta,
)

job = js.finsam.job.to_py()
sys.path.insert(0, ".")
start = time.perf_counter()
import main  # noqa: E402

loaded = time.perf_counter()
from finsam_xl.actions import buttons  # noqa: E402
from finsam_xl.hosts import excel  # noqa: E402
from finsam_xl.money import exact, parse_number  # noqa: E402
from finsam_xl.registry import ranges  # noqa: E402
from udfs import lite  # noqa: E402

seconds = {"main.py": loaded - start, "actions": time.perf_counter() - loaded}
assert buttons.__file__.startswith("/tmp/finsam-"), "not the core that main.py carries"
assert excel
lite.now = lambda: datetime.fromisoformat(job["now"])


async def call(name, args):
    """What a function answers, with the arguments as Excel on the web sends them."""
    data = {"func_name": name.lower(), "args": args, "client": "Office.js", "runtime": "1.4"}
    data |= {"version": xw.__version__, "date_format": "yyyy-mm-dd", "culture_info_name": "sv-SE"}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        value = await custom_functions_call(data, main)
    return {"value": value, "printed": printed.getvalue()}


async def of_table(name, args):
    """What a function gives in a case of the table, whose whole columns are shorter."""
    whole, ranges._WHOLE_COLUMN = ranges._WHOLE_COLUMN, job["whole_column"]
    try:
        return (await call(name, args))["value"]
    finally:
        ranges._WHOLE_COLUMN = whole


def used():
    """Seconds of the processor: what else runs on the computer takes no part in them."""
    spent = js.process.cpuUsage()
    return (spent.user + spent.system) / 1e6


async def timed(name, args):
    """Seconds in our own function and in xlwings around it, call by call."""
    calculate, spent, pairs = main.calculate, [], []

    def noted(*cells):
        exact.cache_clear()
        parse_number.cache_clear()
        start = used()
        try:
            return calculate(*cells)
        finally:
            spent.append(used() - start)

    main.calculate = noted
    for _ in range(job["times"]):
        start = used()
        await call(name, args)
        pairs.append([spent[-1], used() - start - spent[-1]])
    main.calculate = calculate
    return pairs


async def click(name, held):
    """What a script does to a workbook: its actions, what it prints, how long it takes."""
    js.finsam.book, js.finsam.sent, js.finsam.asked = held, js.Array.new(), 0
    payload = held.payload.to_py()
    for sheet in payload["sheets"]:
        sheet["values"] = []
    book = xw.Book(json=payload)
    begun = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        await custom_scripts_call(main, name, typehint_to_value={xw.Book: book})
    took = time.perf_counter() - begun
    actions = [*js.finsam.sent.to_py(), *book.json()["actions"]]
    return {
        "actions": actions,
        "printed": printed.getvalue(),
        "seconds": took,
        "asked": js.finsam.asked,
    }


async def again():
    """What main.py gives when it is run a second time in the same Python."""
    known = sys.modules["finsam_xl"]
    importlib.reload(main)
    first = await call(*job["calls"][0])
    return [sys.modules["finsam_xl"] is known, first["value"]]


answer = {
    "python": sys.version.split()[0],
    "seconds": seconds,
    "functions": custom_functions_meta(main),
    "scripts": custom_scripts_meta(main),
    "calls": [await call(*one) for one in job["calls"]],
    "cases": [await of_table(*one) for one in job.get("cases", ())],
    "timed": [await timed(*one) for one in job.get("timed", ())],
    "clicks": {
        title: {name: await click(name, held) for name in job["clicks"]}
        for title, held in js.Object.entries(js.finsam.job.books)
    },
    "again": await again(),
}
json.dumps(answer)
