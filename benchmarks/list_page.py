"""Measures the case list among 100,000 cases against a bare view, in one run and in alternation.

Run from the project's folder, with DATABASE_URL naming an empty database that may be filled:
    DJANGO_SETTINGS_MODULE=config.settings.test python -m benchmarks.list_page > benchmarks/results/list_page.md
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "benchmarks.bare", ["*"]

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.bare import MIDDLEWARE  # noqa: E402
from contacts.enums import Function, OrganisationKind  # noqa: E402
from core.models import User  # noqa: E402
from tests.world import World, make_world  # noqa: E402
from transfers.models import TransferCase  # noqa: E402

CASES, GROUPS, TIMES = 100_000, 120, 30
FILL = """
INSERT INTO transfers_transfercase (number, title, change_kind, what_changes, stage, result, initiator_id,
  created_by_id, sort_date, stage_since, contact_deadline, version, search_text)
SELECT 'OF-' || 1900 + n / 2000 || '-' || lpad((n %% 2000)::text, 4, '0'),
  CASE WHEN n = 4321 THEN 'Hjerterehabilitering tæt på hjemmet' ELSE 'Opgave ' || n END, 'transfer', 'Alt.',
  'submitted', '', %(initiator)s, %(user)s, now() - n * interval '7 minutes', now() - n * interval '3 minutes',
  current_date, 1,
  repeat('patienter behandles hjemme og følges op ', 60) || CASE WHEN n %% 3 = 0 THEN 'kommunen' ELSE '' END
FROM generate_series(1, %(cases)s) n
"""
GRANT = """
INSERT INTO transfers_transfercasegrant (group_id, permission_id, content_object_id)
SELECT DISTINCT (%(groups)s::int[])[1 + floor(power(random(), 3) * array_length(%(groups)s::int[], 1))::int],
  (SELECT id FROM auth_permission WHERE codename = 'view_transfercase'), id
FROM transfers_transfercase, generate_series(1, 5)
"""
OLDEST = """
INSERT INTO transfers_transfercasegrant (group_id, permission_id, content_object_id)
SELECT %(group)s, (SELECT id FROM auth_permission WHERE codename = 'view_transfercase'), id
FROM transfers_transfercase ORDER BY sort_date LIMIT 500
"""


@dataclass(frozen=True)
class Line:
    """One line of the result: a page as somebody opens it."""

    page: str
    times: list[float]
    queries: int

    def told(self, bare: float) -> str:
        """The line as Markdown."""
        return f"| {self.page} | {median(self.times):.1f} | {median(self.times) / bare:.2f} | {self.queries} |"


def fill() -> World:
    """A region with many departments, cases and grants."""
    call_command("migrate", verbosity=0)
    world = make_world()
    hospital = world.organisations["hospital"]
    for number in range(GROUPS):
        world.organisation(f"d{number}", f"Afdeling {number}", OrganisationKind.DEPARTMENT, parent=hospital)
    groups = [world.organisations[f"d{number}"].group_id for number in range(GROUPS - 1)]
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"initiator": hospital.pk, "user": world.users["leader"].pk, "cases": CASES})
        cursor.execute(GRANT, {"groups": groups})
        cursor.execute(OLDEST, {"group": world.organisations[f"d{GROUPS - 1}"].group_id})
        cursor.execute("VACUUM ANALYZE")
    return world


def people(world: World) -> dict[str, User]:
    """Those who open the list, by what they see."""
    found = {"sekretariatet": world.users["secretariat"]}
    homes = {"stor": [0], "mellem": [40], "lille": [118], "kun de ældste": [119], "otte grupper": [*range(8)]}
    for name, places in homes.items():
        for place in places:
            found[name] = world.person(name.replace(" ", "."), Function.COLLEAGUE, f"d{place}")
    return found


def browser(user: User) -> Client:
    """A browser that is signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def in_alternation(works: dict[str, Callable[[], object]]) -> dict[str, Line]:
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


def main() -> None:
    """Fill the database, measure, and write the table."""
    world = fill()
    seen = people(world)
    works: dict[str, Callable[[], object]] = {}
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        plain = browser(world.users["secretariat"])
        works["bar side"] = lambda: plain.get("/bare/")
        size = len(plain.get("/bare/").content)
    for name, user in seen.items():
        client = browser(user)
        works[f"første side, {name}"] = lambda client=client: client.get("/sager/")  # type: ignore[misc]
    oldest = TransferCase.unscoped.order_by("sort_date").values_list("number", flat=True)[30]
    for name in ("sekretariatet", "stor"):
        client = browser(seen[name])
        works[f"sidste side, {name}"] = lambda client=client: client.get(f"/sager/?efter={oldest}")  # type: ignore[misc]
        works[f"efter titel, {name}"] = lambda client=client: client.get("/sager/?sorter=titel")  # type: ignore[misc]
        works[f"stadie valgt, {name}"] = lambda client=client: client.get("/sager/?stadie=submitted")  # type: ignore[misc]
        works[f"sjældent ord, {name}"] = lambda client=client: client.get("/sager/?q=rehabilitering")  # type: ignore[misc]
        works[f"hyppigt ord, {name}"] = lambda client=client: client.get("/sager/?q=behandle")  # type: ignore[misc]
    lines = in_alternation(works)
    bare = median(lines["bar side"].times)
    write(lines, bare, size)


def write(lines: dict[str, Line], bare: float, size: int) -> None:
    """Write the result as a page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT group_id) FROM transfers_transfercasegrant")
        grants, groups = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        trigrams = "with" if cursor.fetchone()[0] else "without"
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    head = [
        "# The case list against a bare view", "",
        f"{CASES:,} cases, {grants:,} grants of {groups} groups; PostgreSQL {version} {trigrams} pg_trgm; medians of "
        f"{TIMES} in alternation in one run; the bare page has {size / 1000:.0f} KB.", "",
        "| page | ms | times bare | queries |", "|---|---|---|---|",
    ]  # fmt: skip
    sys.stdout.write("\n".join([*head, *(line.told(bare) for line in lines.values())]) + "\n")


if __name__ == "__main__":
    main()
