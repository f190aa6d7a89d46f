"""What nbgrader's commands and the formgrader read: the cohort that COHORT names, else `demo`."""

import os
import sys
from pathlib import Path

from cohort.course import cohort_folder, load_cohort, load_course

# nbgrader calls `alembic` by name; find it also where the environment is not activated.
programs = str(Path(sys.executable).parent)
if programs not in os.environ.get("PATH", "").split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])

c = get_config()  # noqa: F821 (nbgrader gives the name)

cohort = load_cohort()
folder = cohort_folder()

c.CourseDirectory.course_id = cohort.id
c.CourseDirectory.root = str(folder)
c.CourseDirectory.db_url = cohort.gradebook or f"sqlite:///{folder / 'gradebook.db'}"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "README.md"]
c.Exchange.root = str(folder / ".exchange")

# Only plain files of the student who is named are collected; the demo's students share one account.
c.ExchangeFactory.collect = "cohort.collect_owned.CollectOwned"
c.ExchangeCollect.check_owner = cohort.id != "demo"

# On a hub whose exchange is a service (hub/exchange/), that takes the place of the folder.
if os.environ.get("COHORT_EXCHANGE_URL"):
    from cohort.exchange_service.exchange import plug_in

    plug_in(c)

# A damaged notebook is mended first; the rest is nbgrader's own list.
c.Autograde.sanitize_preprocessors = [
    "cohort.grading.mended.Mend",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Students' code runs in the sandbox, on a warm kernel; the rest is nbgrader's own list. The formgrader's
# button and `nbgrader autograde` read this as `cohort grade` does. `cohort doctor` says what holds here.
c.Autograde.autograde_preprocessors = [
    "cohort.grading.execute.Execute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "cohort.grading.gradebook.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Students see what a check said, never its source, and a page that shows a secret is not written. `cohort feedback`,
# `nbgrader generate_feedback` and the formgrader's button read this.
c.GenerateFeedback.exporter_class = "cohort.feedback_page.FeedbackExporter"
c.GenerateFeedback.preprocessors = ["cohort.verdicts.GetVerdicts"]

# Where a judge hears the checks, notebooks are mended, and what is left open waits for a person.
c.Mend.judged = c.Execute.judged = c.SaveAutoGrades.judged = c.GetVerdicts.judged = load_course().checks == "judge"

# The formgrader shows submissions in a page with the instructor's rights: nothing of a student's may act in it, nor in
# a file beside a notebook, which the formgrader serves too.
c.HTMLExporter.preprocessors = ["cohort.harmless.Harmless"]
c.HTMLExporter.filters = {"markdown2html": "cohort.harmless.markdown"}
if formgrader := sys.modules.get("nbgrader.server_extensions.formgrader.handlers"):
    from cohort.harmless import sandboxed

    formgrader.SubmissionFilesHandler.set_extra_headers = sandboxed

# A cell that needs longer than this has failed: the whole assignment runs in 15 s.
c.Execute.timeout = 20
# What a kernel says of itself, at its start and when Ctrl-C ends it, would break the progress bar.
c.Execute.extra_arguments = ["--IPKernelApp.log_level=CRITICAL", "--HistoryManager.hist_file=:memory:"]
c.ClearSolutions.code_stub = {"python": "# Write your answer here\nraise NotImplementedError()"}
