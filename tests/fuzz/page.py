"""What a browser, or a program that is none, may send to the local page."""

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.inputs import ROOT, Input, yaml_of
from tests.fuzz.values import nasty, spoil_bytes, spoil_tree

PAGE = "web"  # stands where a command does
SENT = "sent.json"
HERE = "http://127.0.0.1:8765"
STRANGE = (
    {"host": "evil.example"},
    {"origin": "http://evil.example"},
    {"content-type": "text/plain"},
    {"content-length": "x"},
    {"host": "é"},
)
PATHS = (
    "/",
    "/?lang=xx",
    "/scenario.yaml",
    "/run/report.html",
    "/run/..%2F..%2Fetc%2Fpasswd",
    "/static/../app.py",
    "/api/nothing",
    "/run/é",
)
LEVERS = (
    "demolition.boegeparken.delay_years",
    "letting.clean_record",
    "measures.ips.capacity",
    "rehousing.pace.civica.from",
    "rates.moving",
    "x",
)
FINE = (200, 400, 401, 403, 404, 405, 413, 415, 421, 422)


def _body(chance: Random) -> tuple[str, Any]:
    if chance.random() < 0.4:
        text = (ROOT / "scenarios" / "plan.yaml").read_bytes()
        text = (
            spoil_bytes(text, chance)
            if chance.random() < 0.7
            else yaml_of({"extends": chance.choice(("plan", "x")), "last_year": nasty(chance)})
        )
        name = chance.choice(("a.yaml", "../a", "<b>", "", nasty(chance)))
        return "choose", {"name": name, "text": text.decode("utf-8", "replace")}
    changes = {chance.choice(LEVERS): nasty(chance) for _ in range(chance.randrange(3))}
    body = {"changes": changes, "title": nasty(chance), "base": chance.choice(("", "reference", nasty(chance)))}
    body |= {"futures": chance.choice(("first", nasty(chance))), "seed": chance.choice(("1", nasty(chance)))}
    return chance.choice(("check", "keep", "run")), body if chance.random() < 0.7 else spoil_tree(body, chance, 2)


def page(chance: Random) -> Input:
    """A few requests in a row; what is sound is not run."""
    requests = []
    for _ in range(chance.randrange(1, 4)):
        if chance.random() < 0.3:
            requests.append(["GET", chance.choice(PATHS), {}, ""])
            continue
        name, body = _body(chance)
        content = yaml_of(body) if chance.random() < 0.9 else bytes(chance.randrange(256) for _ in range(20))
        headers = {"content-type": "application/json"} | (chance.choice(STRANGE) if chance.random() < 0.1 else {})
        requests.append([chance.choice(("POST",) * 9 + ("PUT",)), f"/api/{name}", headers, content.decode("latin-1")])
    requests.append(["GET", "/scenario.yaml", {}, ""])
    return Input([PAGE], {SENT: json.dumps(requests).encode()}, stops=True)


def asked(made: Input) -> int:
    """Send the requests; return 0 where all were answered, 2 where one was refused. A fault of the server is raised."""
    from starlette.testclient import TestClient

    from simulation.web import jobs
    from simulation.web.app import app_of

    begin, jobs.Job.begin = jobs.Job.begin, lambda job: None
    try:
        client = TestClient(app_of(Path("out"), "127.0.0.1", "en"), base_url=HERE)
        client.get("/")
        found = [_sent(client, *request) for request in json.loads(made.files[SENT])]
    finally:
        jobs.Job.begin = begin
    strange = [status for status in found if status not in FINE]
    assert not strange, f"answered {strange}"
    refused = [status for status in found if status != 200]
    if refused:
        sys.stdout.write(f"refused: {refused}")
    return 2 if refused else 0


def _sent(client: Any, method: str, path: str, headers: dict[str, str], content: str) -> int:
    try:
        return client.request(
            method, path, headers={k: v.encode() for k, v in headers.items()}, content=content.encode("latin-1")
        ).status_code
    except UnicodeError:  # what cannot even be sent
        return 400
