"""Grades every submission of a course's folder with the project's engine, for the benchmark.

``python engine.py MODULE '{"workers": 2}'`` hands the JSON to `cohort.grading.engine.How`. It prints one
line of JSON: the private memory of each submission's largest process, and what could not be graded.
"""

from __future__ import annotations

import json
import sys

from cohort.grading.engine import How, autograde

if __name__ == "__main__":
    how = How(measure=True, **json.loads(sys.argv[2]))
    outcomes = list(autograde(sys.argv[1], force=True, how=how))
    private_mb = [outcome.private_mb for outcome in outcomes if outcome.private_mb is not None]
    failed = {outcome.student: outcome.reason for outcome in outcomes if outcome.state != "graded"}
    print(json.dumps({"private_mb": private_mb, "failed": failed}))
