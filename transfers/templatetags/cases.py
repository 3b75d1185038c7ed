"""Small look-ups the case's templates need."""

from django import template

register = template.Library()


@register.filter
def told(sentences: dict[str, str], kind: str) -> str:
    """Return how an entry of this kind reads in Danish."""
    return sentences.get(kind, kind)
