from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from core import charts


def page(source: str, path: str = "/sager/", query: dict[str, str] | None = None, **context: Any) -> str:
    request = RequestFactory().get(path, query or {})
    request.user = AnonymousUser()
    return Template("{% load ui %}" + source).render(Context({"request": request} | context))


def test_a_sort_header_turns_the_order_and_forgets_the_page() -> None:
    html = page('{% sort_header "Frist" "deadline" %}', query={"sorter": "deadline", "q": "a b", "side": "4"})
    assert 'aria-sort="ascending"' in html
    assert "sorter=-deadline" in html
    assert "q=a+b" in html
    assert "side=" not in html


def test_only_one_column_shows_itself_as_sorted() -> None:
    html = page('{% sort_header "Frist" "deadline" default="-deadline" %}{% sort_header "Sag" "number" %}')
    assert html.count("aria-sort") == 1


def test_paging_keeps_what_was_searched_for() -> None:
    numbered = Paginator(range(100), 10).page(3)
    html = page('{% include "core/pagination.html" %}', query={"q": "sår"}, page=numbered)
    assert 'href="?q=s%C3%A5r&amp;side=4"' in html
    assert 'aria-current="page">3</a>' in html


def test_a_keyset_pager_leaves_the_other_direction_behind() -> None:
    html = page('{% include "core/pager.html" with after="k2" %}', query={"foer": "k1", "q": "x"})
    assert "efter=k2" in html
    assert "foer=" not in html


def test_bars_are_drawn_in_proportion_and_a_missing_value_draws_none() -> None:
    chart = charts.bars([("a", 10), ("b", 5), ("c", None)])
    assert [bar.width for bar in chart.bars] == ["600", "300", "0"]


def test_parts_of_one_bar_follow_each_other() -> None:
    chart = charts.shares([("ja", 3, "success"), ("nej", 1, "error")])
    assert [(bar.x, bar.width) for bar in chart.bars] == [("0", "450"), ("450", "150")]


def test_charts_without_any_figures_are_still_drawn() -> None:
    assert charts.bars([]).bars == []
    assert [bar.width for bar in charts.shares([("a", 0, "")]).bars] == ["0"]


def test_a_breadcrumb_ends_with_the_page_itself() -> None:
    html = page('{% breadcrumb "Sager" "/sager/" "OF-2026-0031" %}')
    assert '<a class="breadcrumbs__link" href="/sager/">Sager</a>' in html
    assert html.count("<a ") == 1
    assert 'aria-current="page"' in html


def test_an_icon_is_read_aloud_only_when_it_has_a_name() -> None:
    assert 'aria-hidden="true"' in page('{% icon "lock" %}')
    assert 'aria-label="Lukket punkt"' in page('{% icon "lock" "Lukket punkt" %}')
