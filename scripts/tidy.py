#!/usr/bin/env python3
"""tidy.py BUILD_FOLDER: runs clang-tidy over the library's and the command's sources, one process a core.

Sources of one folder are looked at together, as one text that includes them all: most of the time goes into the
standard library's headers, which are then read once and not once a file. Where the names of
two files get into each other's way, the batch is halved until they do not. A batch whose texts, headers, flags and
settings were clean once is not looked at again: its key is kept in BUILD_FOLDER/tidy. Tests are left out: their
findings are in GoogleTest's macros.
"""
import concurrent.futures
import hashlib
import itertools
import json
import os
import re
import shlex
import subprocess
import sys

TIDY = "clang-tidy-14"
INCLUDE = re.compile(r'^\s*#\s*include\s+"(tfjs/[^"]+|cli/[^"]+)"', re.M)
BATCH = 12  # files: a folder is shared out evenly over the cores, and what a change makes stale stays small


def headers_of(path, seen):
    """Our own headers that `path` includes, directly or not, into `seen`."""
    with open(path, encoding="utf-8") as file:
        for header in INCLUDE.findall(file.read()):
            if header not in seen and os.path.exists(header):
                seen.add(header)
                headers_of(header, seen)


def key_of(sources, settings, flags):
    headers = set()
    for source in sources:
        headers_of(source, headers)
    digest = hashlib.sha256((settings + " ".join(flags)).encode())
    for path in sources + sorted(headers):
        with open(path, "rb") as file:
            digest.update(path.encode() + b"\0" + file.read())
    return digest.hexdigest()


def flags_of(command, source):
    """What the compiler is told besides the files: `command` without program, source, output and dependencies."""
    words = shlex.split(command)[1:]
    flags = []
    for word in words:
        if word in ("-c", "-MD"):
            continue
        if flags and flags[-1] in ("-o", "-MT", "-MF"):
            flags.pop()
        elif not word.endswith(source):
            flags.append(word)
    return flags


def includes_itself(source):
    """Highway compiles such a file once per target, by including it again: not to be included by others."""
    with open(source, encoding="utf-8") as file:
        return "foreach_target.h" in file.read()


def batches_of(entries):
    """Lists of sources that are alike in folder and flags."""
    alone = {source for source in entries if includes_itself(source)}
    yield from ([source] for source in sorted(alone))
    together = sorted(set(entries) - alone)
    for _, group in itertools.groupby(together, lambda source: (source.split("/")[:-1][:2], entries[source])):
        group = list(group)
        count = -(-len(group) // BATCH)
        for i in range(count):
            yield group[i::count]


def findings_of(sources, flags, folder):
    """The findings in sources and the headers they include, each as one text; what else went wrong counts too."""
    path = sources[0]
    if len(sources) > 1:
        path = os.path.join(folder, sources[0].replace("/", ".") + ".batch.cc")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f'#include "{os.path.abspath(source)}"\n' for source in sources)
    done = subprocess.run([TIDY, "--quiet", path, "--"] + flags, capture_output=True, text=True)
    findings = re.split(r"^(?=/\S+:\d+:\d+: (?:error|warning): )", done.stdout, flags=re.M)
    findings = [finding.strip() for finding in findings if finding.strip()]
    if len(sources) > 1 and any("[clang-diagnostic" in finding for finding in findings):
        half = len(sources) // 2
        return findings_of(sources[:half], flags, folder) + findings_of(sources[half:], flags, folder)
    if done.returncode and not findings:
        findings = [f"{', '.join(sources)}: clang-tidy failed: {done.stderr.strip()}"]
    return findings


def main():
    build = sys.argv[1]
    root = os.getcwd()
    cache = os.path.join(build, "tidy")
    os.makedirs(cache, exist_ok=True)
    with open(".clang-tidy", encoding="utf-8") as file:
        settings = file.read() + subprocess.run([TIDY, "--version"], capture_output=True, text=True).stdout
    entries = {}
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            source = os.path.relpath(entry["file"], root)
            if source.startswith(("tfjs/", "cli/")) and not source.endswith("_test.cc"):
                entries[source] = flags_of(entry["command"], source)
    todo = []
    for sources in batches_of(entries):
        key = os.path.join(cache, key_of(sources, settings, entries[sources[0]]))
        if not os.path.exists(key):
            todo.append((sources, key))

    printed = set()
    jobs = int(os.environ.get("TFJS_JOBS") or os.cpu_count() or 1)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        # The largest first, so that none of them is what everybody waits for at the end.
        todo.sort(key=lambda batch: -sum(map(os.path.getsize, batch[0])))
        results = pool.map(lambda batch: findings_of(batch[0], entries[batch[0][0]], cache), todo)
        for (_, key), findings in zip(todo, results):
            if not findings:
                open(key, "w").close()
            for finding in findings:
                if finding not in printed:  # a header's comes with every file that includes it
                    printed.add(finding)
                    print(finding.replace(root + "/", ""))
    sys.exit(1 if printed else 0)


main()
