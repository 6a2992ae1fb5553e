#!/usr/bin/env python3
"""tally.py JUNIT_XML [GTEST_FOLDER]: prints 'passed failed skipped' for a ctest run.

JUNIT_XML is what `ctest --output-junit` wrote. Where an entry is a whole test program that left
GTEST_FOLDER/<entry>.xml, the tests inside are counted; a program that fails with no failing test in
that file (a crash, a leak found at exit) counts as one failure more.
"""
import os
import sys
import xml.etree.ElementTree as xml


def of_program(path, entry_failed):
    passed = failed = skipped = 0
    for case in xml.parse(path).iter("testcase"):
        if case.find("failure") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        elif case.get("status") == "run":
            passed += 1
    if entry_failed and failed == 0:
        failed = 1
    return passed, failed, skipped


def main():
    junit, gtest = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    total = [0, 0, 0]
    for entry in xml.parse(junit).iter("testcase"):
        status = entry.get("status")
        details = os.path.join(gtest, entry.get("name") + ".xml")
        if gtest and status in ("run", "fail") and os.path.exists(details):
            counts = of_program(details, status == "fail")
        elif status == "run":
            counts = (1, 0, 0)
        elif status == "notrun" or status == "disabled":
            skipped = entry.find("skipped")
            # ctest also says "notrun" of a test whose program is missing: that is a failure.
            really = skipped is not None and "SKIP" in (skipped.get("message") or "")
            counts = (0, 0, 1) if really or status == "disabled" else (0, 1, 0)
        else:
            counts = (0, 1, 0)
        total = [a + b for a, b in zip(total, counts)]
    print(*total)


main()
