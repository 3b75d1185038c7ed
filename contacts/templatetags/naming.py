"""The names of forums in templates."""

from django import template

from contacts.naming import named as named_today

register = template.Library()


@register.filter
def named(text: object) -> str:
    """Give one of the product's own texts, never a user's, with the upper forums called as they are today."""
    return named_today(str(text))
