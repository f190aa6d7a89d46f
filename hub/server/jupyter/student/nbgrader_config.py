"""What nbgrader reads in a student's server."""

import os

c = get_config()  # noqa: F821 (nbgrader gives the name)

c.CourseDirectory.course_id = os.environ["COHORT"]
c.Exchange.root = os.environ["COHORT_EXCHANGE"]

if "COHORT_EXCHANGE_URL" in os.environ:
    from cohort.exchange_service.exchange import plug_in

    plug_in(c)
