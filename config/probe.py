"""Asks the web server on this machine whether it is well; a health check that needs no other client."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main() -> int:
    """0 when /healthz answers 200, else 1. The host name is one the service accepts."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return int(connection.getresponse().status != 200)
    except (OSError, HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
