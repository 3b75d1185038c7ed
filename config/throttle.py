"""When somebody who tried too often may try again, as allauth's counters have it."""

from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone, localtime

APP, ACTION = "allauth.account", "login_failed"
CODE = "too_many_login_attempts"


def opens_at(request: HttpRequest, key: str) -> datetime:
    """The moment at which the account `key` may be tried from this address again."""
    moments = [localtime()]
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        tries = cache.get(ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=key), [])
        if len(tries) >= rate.amount:
            moments.append(datetime.fromtimestamp(tries[rate.amount - 1] + rate.duration, get_current_timezone()))
    return max(moments)


def too_many(request: HttpRequest, key: str) -> ValidationError:
    """The refusal, with the minute from which it is worth trying again."""
    minute = opens_at(request, key) + timedelta(seconds=59)
    return ValidationError(f"Der er forsøgt for mange gange. Prøv igen kl. {minute:%H.%M}.", code=CODE)
