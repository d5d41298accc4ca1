"""A pytest plugin: writes one JSON line per test with its outcome and the commands that it sent (BSON in base64).

What fixtures send before and after a test is not its own and is left out.
"""

import base64
import json
import os

import pytest

import bson
import pymongo.monitoring

_OUT = open(os.environ["PARLEY_RECORD"] + "." + os.environ.get("PYTEST_XDIST_WORKER", "main"), "w")
_current = {"commands": [], "calling": False}


def _shorten(value, depth=0):
    """Long lists repeat one shape: keep the first and last few of their items."""
    if isinstance(value, list) and len(value) > 60:
        value = value[:30] + value[-30:]
    if depth > 100:
        return None
    if isinstance(value, dict):
        return {name: _shorten(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shorten(inner, depth + 1) for inner in value]
    if isinstance(value, str) and len(value) > 1000:
        return value[:1000]
    if isinstance(value, bytes) and len(value) > 1000:
        return value[:1000]
    return value


class _Listener(pymongo.monitoring.CommandListener):
    def started(self, event):
        if not _current["calling"]:
            return
        try:
            command = dict(event.command)
            command.setdefault("$db", event.database_name)
            encoded = bson.encode(_shorten(command))
        except Exception as error:  # a command that cannot be written down is out of scope, and says so
            encoded = bson.encode({event.command_name: 1, "unwritable": str(error)})
        text = base64.b64encode(encoded).decode()
        if text not in _current["commands"]:
            _current["commands"].append(text)

    def succeeded(self, event):
        pass

    def failed(self, event):
        pass


pymongo.monitoring.register(_Listener())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    _current.update({"commands": [], "calling": True})
    yield
    _current["calling"] = False


def pytest_runtest_logreport(report):
    seen = _current.setdefault("phases", {})
    seen[report.when] = report.outcome
    if report.when == "call" and hasattr(report, "wasxfail"):
        seen["xfail"] = True
    if report.failed:
        _current["why"] = report.longreprtext[-1500:]
    if report.when != "teardown":
        return
    outcome = "passed"
    if "failed" in (seen.get("setup"), seen.get("call")):
        outcome = "failed"
    elif "skipped" in (seen.get("setup"), seen.get("call")):
        outcome = "skipped"
    line = {"test": report.nodeid, "outcome": outcome, "commands": _current["commands"]}
    if outcome == "failed":
        line["why"] = _current.get("why", "")
    _OUT.write(json.dumps(line) + "\n")
    _OUT.flush()
    _current.update({"commands": [], "phases": {}, "why": ""})
