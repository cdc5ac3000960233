"""Compute formulas in a real headless LibreOffice Calc: run by the system's Python, which has uno.

Reads a job from the standard input and prints the cells as JSON:

    {"locale": "de-DE", "steps": [{"cells": {"leads": 400}, "formula": "=leads*2"}]}

A step sets named cells and then computes one formula, in Calc's own grammar:
English names, and semicolons between arguments whatever the locale.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

import uno

PATIENCE = 90
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>
"""
KINDS = {1: "number", 2: "text", 4: "error"}


def main() -> None:
    """Compute the job of the standard input."""
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="calc") as folder:
        office, desktop = started(pathlib.Path(folder), job["locale"])
        try:
            sys.stdout.write(json.dumps(computed(desktop, job["steps"])))
        finally:
            ended(office, desktop)


def started(folder: pathlib.Path, locale: str) -> tuple:
    """Return a private office process and its desktop."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(locale=locale))
    pipe = f"calc{uuid.uuid4().hex[:12]}"
    office = subprocess.Popen(  # noqa: S603  our own command
        [
            shutil.which("soffice"),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    until = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
    manager = context.ServiceManager
    return office, manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def ended(office: subprocess.Popen, desktop: object) -> None:
    """End the office that was started, and nothing else."""
    with contextlib.suppress(Exception):  # it may be gone already
        desktop.terminate()
    try:
        office.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(office.pid, signal.SIGTERM)
        office.wait(15)


def computed(desktop: object, steps: list) -> list:
    """Return for each step the kind, text and value of its formula's cell."""
    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
    try:
        sheet = document.Sheets.getByIndex(0)
        named = {}
        return [step_computed(document, sheet, named, row, step) for row, step in enumerate(steps)]
    finally:
        document.close(True)  # noqa: FBT003  uno knows no names of parameters


def step_computed(document: object, sheet: object, named: dict, row: int, step: dict) -> dict:
    """Return the cell of one step, its inputs set before."""
    for name, value in step.get("cells", {}).items():
        if name not in named:
            named[name] = sheet.getCellByPosition(1, len(named))
            place = named[name].getCellAddress()
            document.NamedRanges.addNewByName(name, f"$Sheet1.$B${place.Row + 1}", place, 0)
        named[name].Value = value
    cell = sheet.getCellByPosition(0, row)
    cell.Formula = step["formula"]
    text = cell.String  # forces the calculation
    kind = KINDS.get(cell.FormulaResultType2, "unknown")
    return {"kind": kind, "text": text, "value": cell.Value, "error": cell.getError()}


main()
