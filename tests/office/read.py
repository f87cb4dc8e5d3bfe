"""Reads notices as an office program does: with python-docx, whose reader knows nothing of our writer.

usage: read.py FILE.docx...
"""

import sys

import docx

wrong = 0


def complain(*words):
    global wrong
    wrong += 1
    print(*words, file=sys.stderr)


for name in sys.argv[1:]:
    document = docx.Document(name)
    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    clauses = [p for p in document.paragraphs if p.style.name == "Clause"]
    if len(headings) < 5 or len(clauses) < 10:
        complain(name, f"has {len(headings)} headings and {len(clauses)} clauses")
    if document.core_properties.language != "ky-KG" or not document.core_properties.title:
        complain(name, "says neither language nor title")
    defaults = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    if defaults != ["ky-KG"]:
        complain(name, "has text in", defaults)
    for paragraph in document.paragraphs:
        if paragraph.style is None or not paragraph.style.name:
            complain(name, "has a paragraph without style:", paragraph.text[:60])
    for table in document.tables:
        if not table.rows[0]._tr.xpath("w:trPr/w:tblHeader"):
            complain(name, "has a table whose head does not come back")
        for row in table.rows:
            if len(row.cells) != len(table.columns):
                complain(name, "has a row of", len(row.cells), "cells")
    fields = [text.text or "" for text in document.element.iter("{*}instrText")]
    contents = [p for p in document.paragraphs if p.style.name == "toc 1"]
    if len(contents) < len(headings):
        complain(name, "has no contents, or not all of them")
    if sum("PAGEREF" in field for field in fields) != len(contents):
        complain(name, "has contents without pages")

print(f"{len(sys.argv) - 1} files read, {wrong} faults")
sys.exit(1 if wrong else 0)
