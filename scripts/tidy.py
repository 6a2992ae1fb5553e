#!/usr/bin/env python3
"""tidy.py BUILD_FOLDER: runs clang-tidy over the library's and the command's sources, one process a core.

A file whose text, headers, flags and settings were clean once is not looked at again: its key is kept in
BUILD_FOLDER/tidy. Tests are left out: their findings are in GoogleTest's macros.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys

TIDY = "clang-tidy-14"
INCLUDE = re.compile(r'^\s*#\s*include\s+"(tfjs/[^"]+|cli/[^"]+)"', re.M)


def headers_of(path, seen):
    """Our own headers that `path` includes, directly or not, into `seen`."""
    with open(path, encoding="utf-8") as file:
        for header in INCLUDE.findall(file.read()):
            if header not in seen and os.path.exists(header):
                seen.add(header)
                headers_of(header, seen)


def key_of(source, settings, command):
    headers = set()
    headers_of(source, headers)
    digest = hashlib.sha256((settings + command).encode())
    for path in [source] + sorted(headers):
        with open(path, "rb") as file:
            digest.update(path.encode() + b"\0" + file.read())
    return digest.hexdigest()


def findings_of(build, source):
    """The findings in a source and in the headers it includes, each as one text; what else went wrong counts too."""
    done = subprocess.run([TIDY, "-p", build, "--quiet", source], capture_output=True, text=True)
    findings = re.split(r"^(?=/\S+:\d+:\d+: (?:error|warning): )", done.stdout, flags=re.M)
    findings = [finding.strip() for finding in findings if finding.strip()]
    if done.returncode and not findings:
        findings = [f"{source}: clang-tidy failed: {done.stderr.strip()}"]
    return findings


def main():
    build = sys.argv[1]
    root = os.getcwd()
    cache = os.path.join(build, "tidy")
    os.makedirs(cache, exist_ok=True)
    with open(".clang-tidy", encoding="utf-8") as file:
        settings = file.read() + subprocess.run([TIDY, "--version"], capture_output=True, text=True).stdout
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = {os.path.relpath(e["file"], root): e["command"] for e in json.load(file)}
    todo = {}
    for source, command in sorted(entries.items()):
        if source.startswith(("tfjs/", "cli/")) and not source.endswith("_test.cc"):
            key = os.path.join(cache, key_of(source, settings, command))
            if not os.path.exists(key):
                todo[source] = key

    printed = set()
    jobs = int(os.environ.get("TFJS_JOBS") or os.cpu_count() or 1)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        # The largest first, so that none of them is what everybody waits for at the end.
        order = sorted(todo, key=os.path.getsize, reverse=True)
        for source, findings in zip(order, pool.map(lambda s: findings_of(build, s), order)):
            if not findings:
                open(todo[source], "w").close()
            for finding in findings:
                if finding not in printed:  # a header's comes with every file that includes it
                    printed.add(finding)
                    print(finding.replace(root + "/", ""))
    sys.exit(1 if printed else 0)


main()
