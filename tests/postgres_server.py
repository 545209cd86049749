"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket there, thrown away after."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg


class Server:
    """A throw-away server; every record gets a schema of its own."""

    def __init__(self) -> None:
        """Make the cluster; `start` starts it."""
        self._programs = programs()
        # A server refuses to run as root; the folder is outside of pytest's, which only their owner may enter.
        self._user = "postgres" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="peacetable-pg-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self._numbers = count(1)
        self._run("initdb", "-D", "data", "--auth=trust", "--username=tests", "--encoding=UTF8", "--no-sync")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c shared_buffers=16MB"
        self._run("pg_ctl", "start", "-D", "data", "-w", "-l", "log", "-o", options)

    def stop(self) -> None:
        """Stop it at once: every connection is cut, as by a crash of the server's machine."""
        self._run("pg_ctl", "stop", "-D", "data", "-w", "-m", "immediate")

    def kill(self) -> None:
        """Kill its first process and wait until all are gone."""
        number = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        os.kill(number, signal.SIGKILL)
        while any(Path(f"/proc/{each}").exists() for each in (number, *children)):
            time.sleep(0.01)

    def discard(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def new(self) -> str:
        """The address of a record that does not exist yet."""
        schema = f"record{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {schema}")
        return f"{self.database}&options=-csearch_path%3D{schema}"

    @property
    def database(self) -> str:
        """The address of the database."""
        return f"postgresql://tests@/postgres?host={self.folder}"

    def execute(self, statement: str, address: str | None = None) -> None:
        """Run a statement, beside the package, where a record lies."""
        with psycopg.connect(address or self.database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self.folder,
            user=self._user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"


def programs() -> Path:
    """The folder of the server's programs, the newest version's.

    Raises:
        FileNotFoundError: there is none.
    """
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise FileNotFoundError("no PostgreSQL server is installed (on Debian: apt-get install postgresql)")
