"""What nbgrader reads in every server on a cluster: the course, and the exchange that is a service of the hub."""

import os

from cohort.exchange_service.exchange import plug_in

c = get_config()  # noqa: F821 (nbgrader gives the name)

c.CourseDirectory.course_id = os.environ.get("COHORT", "")
plug_in(c)
# The formgrader shows what a student's code printed, in the instructor's browser: without scripts.
c.HTMLExporter.sanitize_html = True
