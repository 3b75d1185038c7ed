"""Works on one job in a process of its own, which stops at the place named by STOP_AT."""

import sys

import django

django.setup()

from core import actions, tasks  # noqa: E402
from tests.core.jobs_on_trial import stop_if  # noqa: E402

if __name__ == "__main__":
    job_id = int(sys.argv[1])
    if run := actions.claim_job(job_id):
        stop_if("claimed")
        tasks.do(run)
