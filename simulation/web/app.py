"""The page's answers: what can be chosen and changed, how far a run is, what it found, and the files to take along."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulation import problems
from simulation.files import InputErrors, Problem
from simulation.web import jobs
from simulation.web.guard import Guard
from simulation.web.orders import order_of
from simulation.web.sessions import Session, Sessions
from simulation.web.states import page_html, state_of
from simulation.words import languages

COOKIE = "blandetby_{port}"  # browsers keep cookies by host alone: another server on this machine has its own
ASKED = ("futures", "base", "seed")
STATIC = Path(str(files("simulation.web"))) / "static"
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
WAIT_AT_END = 10.0  # seconds for runs to end when the server does
TAKEN = {"report.html": "text/html; charset=utf-8", "workbook.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

Answer = Callable[[Session, Any], Any]


class Pages:
    """The answers, each for the session that asks."""

    def __init__(self, out: Path, lang: str) -> None:
        self.sessions, self._lang = Sessions(out, lang), lang

    async def page(self, request: Request) -> Response:
        """Answer with the page itself, in the language asked for."""
        token, session = self.sessions.get(request.cookies.get(_cookie(request)))
        if request.query_params.get("lang") in languages():
            session.lang = request.query_params["lang"]
        response = HTMLResponse(page_html(session.lang))
        response.set_cookie(_cookie(request), token, httponly=True, samesite="strict")
        return response

    async def ask(self, request: Request, answer: Answer) -> Response:
        """Answer as JSON; what is wrong with the input goes back as problems, each with its field."""
        session = self._session(request)
        if session is None:
            return JSONResponse({"gone": True}, 401)
        try:
            body = json.loads(await request.body() or b"{}")
            if not isinstance(body, dict):
                raise ValueError("an object is expected")
        except ValueError as error:
            return JSONResponse({"failure": str(error)}, 400)
        try:
            return JSONResponse(await asyncio.to_thread(answer, session, body))
        except InputErrors as errors:
            return JSONResponse({"errors": [_told(problem, session.lang) for problem in errors.problems]}, 422)

    async def saved(self, request: Request) -> Response:
        """Answer with the changed scenario as a file."""
        session = self._session(request)
        if session is None:
            return JSONResponse({"gone": True}, 401)
        text = await asyncio.to_thread(session.text)
        kept = {"content-disposition": f'attachment; filename="{session.stem}.yaml"'}
        return Response(text, media_type="application/yaml; charset=utf-8", headers=kept)

    async def taken(self, request: Request) -> Response:
        """Answer with a file of the finished run: its report, its workbook."""
        session, name = self._session(request), request.path_params["name"]
        folder = session.job.folder if session and session.job else None
        if folder is None or name not in TAKEN or not (folder / name).is_file():
            return JSONResponse({"gone": True}, 404)
        download = f"{folder.parent.name}_{name}" if "download" in request.query_params else None
        return FileResponse(folder / name, media_type=TAKEN[name], filename=download, headers={"content-security-policy": REPORT_POLICY})

    def _session(self, request: Request) -> Session | None:
        return self.sessions.known(request.cookies.get(_cookie(request)))


def _told(problem: Problem, lang: str) -> dict[str, object]:
    """Return a problem for the page, and as one line; a file that was opened is told by its name, not by where the server keeps it."""
    named = replace(problem, file=Path(problem.file).name)
    return {**problems.row(named, lang), "told": problems.line(named, lang)}


def _cookie(request: Request) -> str:
    return COOKIE.format(port=request.url.port or "")


def _choose(session: Session, body: Any) -> Any:
    with session.turn:
        if isinstance(body.get("text"), str):
            session.open(str(body.get("name", "")), body["text"])
        else:
            session.choose(str(body.get("name", "")))
        _asked(session, body)
        return state_of(session)


def _check(session: Session, body: Any) -> Any:
    with session.turn:
        _change(session, body)
        session.written()
    return {"errors": []}


def _keep(session: Session, body: Any) -> Any:
    with session.turn:
        _change(session, body)
    return {}


def _run(session: Session, body: Any) -> Any:
    with session.turn:
        _change(session, body)
        order = order_of(session, body)
        if session.job is not None:
            session.job.stop(WAIT_AT_END)
        session.job, session.ran = jobs.Job(order), session.chosen
        session.job.begin()
        return session.job.told()


def _change(session: Session, body: Any) -> None:
    changes = body.get("changes", {})
    session.change(changes if isinstance(changes, dict) else {}, str(body.get("title", "")))
    _asked(session, body)


def _asked(session: Session, body: Any) -> None:
    session.asked = {name: str(body[name]) for name in ASKED if name in body}


def _stop(session: Session, body: Any) -> Any:
    with session.turn:
        if session.job is not None:
            session.job.stop(WAIT_AT_END)
        return _progress(session, body)


def _progress(session: Session, body: Any) -> Any:
    return session.job.told() if session.job is not None else {"state": "none", "version": 0}


def _view(session: Session, body: Any) -> Any:
    found = session.job.view(session.lang) if session.job is not None else None
    if found is None:
        raise InputErrors([Problem(code="web_no_view")])
    return found


def _state(session: Session, body: Any) -> Any:
    with session.turn:
        return state_of(session)


GETS: dict[str, Answer] = {"state": _state, "progress": _progress, "view": _view}
POSTS: dict[str, Answer] = {"choose": _choose, "check": _check, "keep": _keep, "run": _run, "stop": _stop}


def app_of(out: Path, host: str, lang: str) -> Guard:
    """Return the application, whose runs go into a folder of each session's own below ``out``."""
    pages = Pages(out, lang)
    asked: list[tuple[str, str, Answer]] = [("GET", name, answer) for name, answer in GETS.items()]
    asked += [("POST", name, answer) for name, answer in POSTS.items()]
    routes = [Route(f"/api/{name}", _endpoint(partial(pages.ask, answer=answer)), methods=[method]) for method, name, answer in asked]
    routes += [Route("/", pages.page), Route("/scenario.yaml", pages.saved), Route("/run/{name}", pages.taken)]

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        jobs.warm_up()
        yield
        await asyncio.to_thread(pages.sessions.close, WAIT_AT_END)

    static = Mount("/static", StaticFiles(directory=STATIC))
    return Guard(Starlette(routes=[*routes, static], lifespan=living), host)


def _endpoint(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await answer(request)

    return endpoint
