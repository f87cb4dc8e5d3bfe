"""Compares what tree-sitter reads with what the compiler reads, file by file.

Usage: check.py GRAMMAR.so CORPUS
"""

import ctypes
import pathlib
import sys

from tree_sitter import Language, Parser, Query

HERE = pathlib.Path(__file__).parent
KINDS = [{"declaration", "entry"}, {"sentence", "promise"}, {"field"}]


def capsule(library):
    """The grammar as the binding takes it."""
    symbol = ctypes.CDLL(library).tree_sitter_kupuya
    symbol.restype = ctypes.c_void_p
    new = ctypes.pythonapi.PyCapsule_New
    new.restype = ctypes.py_object
    new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return new(symbol(), b"tree_sitter.Language", None)


def nodes(node):
    yield node
    for child in node.children:
        yield from nodes(child)


language = Language(capsule(sys.argv[1]))
for query in (HERE / "queries").glob("*.scm"):
    Query(language, query.read_text())
parser = Parser(language)
passed = failed = 0
for line in pathlib.Path(sys.argv[2]).read_text().splitlines():
    name, *wanted = line.split(" ")
    tree = parser.parse((HERE / ".." / ".." / name).read_bytes())
    all_nodes = list(nodes(tree.root_node))
    broken = next((node for node in all_nodes if node.is_error or node.is_missing), None)
    counts = [sum(node.is_named and node.type in kinds for node in all_nodes) for kinds in KINDS]
    if broken or counts != [int(number) for number in wanted]:
        failed += 1
        at = f" an error in line {broken.start_point[0] + 1}" if broken else ""
        print(f"{name}:{at} declarations, sentences, fields {counts}, the compiler reads {wanted}")
    else:
        passed += 1
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
