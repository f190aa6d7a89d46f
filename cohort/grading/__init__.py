"""Grading: nbgrader stays the system of record."""

import sys

# jsonschema compiles a grammar of internationalised web addresses when it is imported, which takes a second
# of each worker's start. No notebook's schema asks for it, and jsonschema does without where it is missing.
if "jsonschema" not in sys.modules:
    sys.modules.setdefault("rfc3987_syntax", None)
