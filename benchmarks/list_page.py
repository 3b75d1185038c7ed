"""Measures the case list against a bare view, in one run and in alternation: among 1,000 cases, then among 100,000.

Run from the project's folder, with DATABASE_URL naming an empty database that may be filled:
    DJANGO_SETTINGS_MODULE=config.settings.test python -m benchmarks.list_page > benchmarks/results/list_page.md
What the bare view is, and how one sees that it is neither too lean nor too fat, says benchmarks/bare.py. Growth is
how much longer a page takes among 100,000 cases than among 1,000, the bare view's own growth left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

import django
from django.conf import settings

PLAIN, OURS = "django.contrib.auth.backends.ModelBackend", "contacts.backends.AccountBackend"
django.setup()
settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "benchmarks.bare", ["*"]
settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, PLAIN]

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.bare import ADMIN_MIDDLEWARE, MIDDLEWARE  # noqa: E402
from contacts.enums import Function, OrganisationKind  # noqa: E402
from core.models import User  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from transfers.models import TransferCase  # noqa: E402

FEW, CASES, GROUPS, TIMES = 1_000, 100_000, 120, 30
BARE, ADMIN = "bar side", "Djangos admin"
FILL = """
INSERT INTO transfers_transfercase (number, title, change_kind, what_changes, stage, result, initiator_id,
  created_by_id, sort_date, stage_since, contact_deadline, version, search_text)
SELECT 'OF-' || 1900 + n / 2000 || '-' || lpad((n %% 2000)::text, 4, '0'),
  CASE WHEN n = 321 THEN 'Hjerterehabilitering tæt på hjemmet' ELSE 'Opgave ' || n END, 'transfer', 'Alt.',
  'submitted', '', %(initiator)s, %(user)s, now() - n * interval '7 minutes', now() - n * interval '3 minutes',
  current_date, 1,
  repeat('patienter behandles hjemme og følges op ', 60) || CASE WHEN n %% 3 = 0 THEN 'kommunen' ELSE '' END
FROM generate_series(%(first)s, %(last)s) n
"""
GRANT = """
INSERT INTO transfers_transfercasegrant (group_id, permission_id, content_object_id)
SELECT DISTINCT (%(groups)s::int[])[1 + floor(power(random(), 3) * array_length(%(groups)s::int[], 1))::int],
  (SELECT id FROM auth_permission WHERE codename = 'view_transfercase'), id
FROM transfers_transfercase, generate_series(1, 5)
WHERE NOT EXISTS (SELECT 1 FROM transfers_transfercasegrant WHERE content_object_id = transfers_transfercase.id)
"""
OLDEST = """
DELETE FROM transfers_transfercasegrant WHERE group_id = %(group)s;
INSERT INTO transfers_transfercasegrant (group_id, permission_id, content_object_id)
SELECT %(group)s, (SELECT id FROM auth_permission WHERE codename = 'view_transfercase'), id
FROM transfers_transfercase ORDER BY sort_date LIMIT 500
"""
Works = dict[str, Callable[[], object]]


@dataclass(frozen=True)
class Line:
    """One line of the result: a page as somebody opens it."""

    page: str
    times: list[float]
    queries: int

    @property
    def middle(self) -> float:
        """The median, in milliseconds."""
        return median(self.times)

    def told(self, bare: Line, before: float) -> str:
        """The line as Markdown; `before` is how many times the bare view it took among few cases."""
        times = self.middle / bare.middle
        return f"| {self.page} | {self.middle:.1f} | {times:.2f} | {self.queries} | {times / before:.2f} |"


def region() -> World:
    """A region with many departments, and those who open the list, by what they see."""
    call_command("migrate", verbosity=0)
    world = make_world()
    for number in range(GROUPS):
        parent = world.organisations["hospital"]
        world.organisation(f"d{number}", f"Afdeling {number}", OrganisationKind.DEPARTMENT, parent=parent)
    homes = {"stor": [0], "mellem": [40], "lille": [118], "kun de ældste": [119], "otte grupper": [*range(8)]}
    for name, places in homes.items():
        for place in places:
            world.person(name, Function.COLLEAGUE, f"d{place}")
    world.users["sekretariatet"] = world.users["secretariat"]
    User.objects.filter(pk=world.users["secretariat"].pk).update(is_staff=True, is_superuser=True)
    return world


def fill(world: World, first: int, last: int) -> None:
    """Add the cases from one number to another, with grants that few groups have many of and many groups few."""
    groups = [world.organisations[f"d{number}"].group_id for number in range(GROUPS)]
    values = {"initiator": world.organisations["hospital"].pk, "user": world.users["leader"].pk}
    with connection.cursor() as cursor:
        cursor.execute(FILL, values | {"first": first, "last": last})
        cursor.execute(GRANT, {"groups": groups[:-1]})
        cursor.execute(OLDEST, {"group": groups[-1]})
        cursor.execute("VACUUM ANALYZE")


def visit(user: User, url: str, backend: str = OURS) -> Callable[[], object]:
    """A page that somebody who is signed in opens again and again; it must be there."""
    client = Client()
    client.force_login(user, backend)
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)  # noqa: S101  # else something else is measured
    return partial(client.get, url)


def beside(world: World) -> Works:
    """The bare view and the admin's list."""
    user = world.users["secretariat"]
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        bare = visit(user, "/bare/", PLAIN)
    with override_settings(MIDDLEWARE=ADMIN_MIDDLEWARE):
        return {BARE: bare, ADMIN: visit(user, "/bare-admin/transfers/transfercase/", PLAIN)}


def pages(world: World) -> Works:
    """The list's pages, by who opens them."""
    oldest = TransferCase.unscoped.order_by("sort_date").values_list("number", flat=True)[30]
    people = ("sekretariatet", "stor", "mellem", "lille", "kun de ældste", "otte grupper")
    found = {f"første side, {name}": visit(world.users[name], "/sager/") for name in people}
    asked = {
        "sidste side": f"efter={oldest}", "efter titel": "sorter=titel", "stadie valgt": "stadie=submitted",
    }  # fmt: skip
    words = {"sjældent ord": "q=rehabilitering", "hyppigt ord": "q=behandle"}
    for name in people:
        queries = asked | words if name in ("sekretariatet", "stor") else words
        found |= {f"{page}, {name}": visit(world.users[name], f"/sager/?{query}") for page, query in queries.items()}
    return found


def in_alternation(works: Works) -> dict[str, Line]:
    """Do everything once unmeasured, then so many times in turn."""
    queries, times = {}, {name: list[float]() for name in works}
    for name, work in works.items():
        work()
        with CaptureQueriesContext(connection) as asked:
            work()
        queries[name] = len(asked)
    for _ in range(TIMES):
        for name, work in works.items():
            begun = perf_counter()
            work()
            times[name].append((perf_counter() - begun) * 1000)
    return {name: Line(name, times[name], queries[name]) for name in works}


def measured(world: World) -> dict[str, Line]:
    """Measure every page among the cases that are there."""
    return in_alternation(beside(world) | pages(world))


def main() -> None:
    """Measure among few cases, fill the database, measure again, and write the table."""
    world = region()
    fill(world, 1, FEW)
    few = measured(world)
    fill(world, FEW + 1, CASES)
    many = measured(world)
    lines = [line.told(many[BARE], few[name].middle / few[BARE].middle) for name, line in many.items()]
    sys.stdout.write("\n".join([*head(), *lines]) + "\n")


def answer_of(sql: str) -> str:
    """One value of the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0])


def head() -> list[str]:
    """What was measured, and the head of the table."""
    grants = int(answer_of("SELECT count(*) FROM transfers_transfercasegrant"))
    trigrams = int(answer_of("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"))
    return [
        "# The case list against a bare view", "",
        f"{CASES:,} cases, {grants:,} grants of {GROUPS} groups; PostgreSQL {answer_of('SHOW server_version')} "
        f"{'with' if trigrams else 'without'} pg_trgm; medians of {TIMES} in alternation in one run; growth from "
        f"{FEW:,} cases.", "",
        "| page | ms | times bare | queries | growth |", "|---|---|---|---|---|",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
