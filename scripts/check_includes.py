#!/usr/bin/env python3
"""Holds every #include "tfjs/..." to the include table of docs/architecture.md.

A folder may include itself and the folders of its row. Headers in internal/ belong to their own folder. Tests may
include anything below their folder, also what the row leaves out (a kernel's test runs a plan of runtime).
"""
import re
import subprocess
import sys

# What each folder sees directly; what those see comes with them.
SEES = {
    "base": [],
    "platform": ["base"],
    "core": ["base"],
    "shape": ["core"],
    "ops": ["shape"],
    "program": ["ops"],
    "runtime": ["program"],
    "kernels": ["ops"],
    "layers": ["runtime"],
    "io": ["platform", "core"],
    "models": ["layers", "io"],
}
# Single headers a folder sees besides: of runtime, a kernel knows what it implements, not who runs it.
HEADERS = {
    "kernels": {
        "tfjs/runtime/kernel.h",
        "tfjs/runtime/kernel_registry.h",
        "tfjs/runtime/parallel.h",
    },
}
# A test sees what its program links.
TESTS_SEE = {"kernels": ["runtime"]}
# Folders above the library see its public face: every folder but the kernels.
ABOVE = ("cli", "tests", "examples", "bench", "fuzz", "web", "server")

INCLUDE = re.compile(r'^\s*#\s*include\s+["<](tfjs/[^">]+|[^">]*)[">]', re.M)


def closure(folder, sees):
    seen, todo = {folder}, list(sees)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += SEES[name]
    return seen


def problems_of(path, text):
    parts = path.split("/")
    is_test = path.endswith("_test.cc") or "_test_" in parts[-1] or "/testing/" in path
    folder = parts[1] if parts[0] == "tfjs" and len(parts) > 2 else None
    if folder and folder not in SEES:
        yield f"{path}: folder tfjs/{folder} has no row in the include table (scripts/check_includes.py)"
        return
    if folder:
        sees = closure(folder, SEES[folder] + (TESTS_SEE.get(folder, []) if is_test else []))
    for match in INCLUDE.finditer(text):
        header = match.group(1)
        line = text.count("\n", 0, match.start(1)) + 1
        where = f"{path}:{line}"
        if not header.startswith("tfjs/"):
            if '"' in match.group(0) and folder and not header.startswith("hwy/"):
                yield f'{where}: write the full path: #include "tfjs/..." instead of "{header}"'
            continue
        of = header.split("/")[1] if header.count("/") > 1 else None
        if of is None:
            if folder:
                yield f"{where}: <{header}> is for users of the library"
            continue
        if folder:
            if of not in sees and header not in HEADERS.get(folder, ()):
                yield f"{where}: tfjs/{folder} may not include {header} (it sees {', '.join(sorted(sees))})"
            if "/internal/" in header and of != folder:
                yield f"{where}: {header} belongs to tfjs/{of} alone"
            if re.search(r"/(native|web)/", header) and not re.search(r"/(native|web)/", path):
                yield f"{where}: {header} belongs to one platform; include the interface above it"
        elif parts[0] in ABOVE and parts[0] not in ("tests", "bench"):
            if of == "kernels" or "/internal/" in header:
                yield f"{where}: {header} is not part of the library's public face"


def main():
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.cc", "*.h", "*.def"],
        check=True, capture_output=True, text=True).stdout.split("\n")
    found = []
    for path in filter(None, files):
        try:
            with open(path, encoding="utf-8") as file:
                found += problems_of(path, file.read())
        except FileNotFoundError:
            continue  # deleted, not committed yet
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


main()
