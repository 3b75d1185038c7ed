"""A person over plain HTTP, as the proxy in front passes their browser on: cookies, CSRF, forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tests.http_page import Given, Page

MOST_TURNS = 10


@dataclass
class Answer:
    """An answer as it came."""

    url: str
    status: int
    headers: dict[str, str]
    content: bytes


@dataclass
class Person:
    """Somebody at a browser of their own behind the proxy of `host`; `page` is what they have before them."""

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    page: Page = field(default_factory=lambda: Page("", ""))

    def sign_in(self, email: str, password: str) -> Person:
        """Sign in by the form on the page; AssertionError when that is refused."""
        self.go("/konto/login/").press("Log ind", login=email, password=password)
        assert "/konto/login/" not in self.page.url, f"{email} was not let in: {self.page.words}"
        return self

    def go(self, path: str) -> Person:
        """Open a page; AssertionError unless it is there."""
        return self._look(self.fetch("GET", path))

    def follow(self, words: str) -> Person:
        """Follow the link with these words."""
        return self.go(self.page.link(words))

    def press(self, button: str, /, **given: Given) -> Person:
        """Fill in what is empty, put `given` in the fields of these names, and press; refusals are AssertionErrors."""
        form = self.page.form(button)
        assert form.method == "post", f"»{button}« does not post"
        body = urlencode(form.answers(button, given))
        self._look(self.fetch("POST", urljoin(self.page.url, form.action or self.page.url), body))
        assert not self.page.refusals, f"»{button}« on {self.page.url}: {self.page.refusals}"
        return self

    def sees(self, words: str) -> Person:
        """Read on the page before them; AssertionError when it does not say that."""
        assert words in self.page.words, f"»{words}« is not on {self.page.url}: {self.page.words}"
        return self

    def fetch(self, method: str, url: str, body: str = "") -> Answer:
        """Ask, and go where one is sent; AssertionError when that has no end."""
        answer = self._ask(method, url, body)
        for _ in range(MOST_TURNS):
            if answer.status not in (301, 302, 303):
                return answer
            answer = self._ask("GET", urljoin(answer.url, answer.headers["location"]), "")
        raise AssertionError(f"sent round and round from {url} to {answer.url}")

    def _look(self, answer: Answer) -> Person:
        self.page = Page(answer.url, answer.content.decode())
        assert answer.status == 200, f"{answer.status} at {answer.url}: {self.page.words}"
        return self

    def _ask(self, method: str, url: str, body: str) -> Answer:
        place = urlsplit(urljoin(f"https://{self.host}/", url))
        assert (place.scheme, place.netloc) == ("https", self.host), f"sent away to {url}"
        path = place.path + (f"?{place.query}" if place.query else "")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, self._headers(method))
            response = connection.getresponse()
            self._keep(response.headers.get_all("Set-Cookie", []))
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(place.geturl(), response.status, headers, response.read())
        finally:
            connection.close()

    def _headers(self, method: str) -> dict[str, str]:
        proxy = {"Host": self.host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        posting = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{self.host}"}
        browser = {"Cookie": cookies, "Referer": self.page.url or f"https://{self.host}/"}
        return proxy | browser | (posting if method == "POST" else {})

    def _keep(self, headers: Sequence[str]) -> None:
        """Keep cookies as a browser does: one named __Host- must be secure, for the whole host and for it alone."""
        for name, morsel in (pair for header in headers for pair in SimpleCookie(header).items()):
            is_hosts = bool(morsel["secure"]) and morsel["path"] == "/" and not morsel["domain"]
            assert is_hosts or not name.startswith("__Host-"), f"a browser refuses {morsel.OutputString()}"
            self.cookies[name] = morsel.coded_value
            if morsel["max-age"] == "0":
                del self.cookies[name]
