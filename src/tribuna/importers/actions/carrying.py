"""Carries out what editors asked for, one import after the other, and tells how far it is."""

from __future__ import annotations

import io
import logging
import socket
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone

from tribuna.core.prepared import prepared
from tribuna.importers.actions.fetching import fetch_public_file
from tribuna.importers.actions.ledger import Wishes
from tribuna.importers.actions.opening import in_clear_words, open_source
from tribuna.importers.actions.reporting import report_of
from tribuna.importers.actions.running import Outcome, import_archive
from tribuna.importers.actions.uploads import drop_source, folder_of_files, paths_of
from tribuna.importers.base import Reading, Record, SourceBroken
from tribuna.importers.models import ImportRun

logger = logging.getLogger(__name__)

TELL_SECONDS = 0.5  # between two writes of how far it is
OPENING, SETTLING, SEARCH = "opening", "settling", "search"
State = ImportRun.State


class _Stopped(Exception):  # noqa: N818
    """An editor pressed the button."""


class _CalledOff(Exception):  # noqa: N818
    """Whoever carries it out has to end; it goes on with the next."""


def carry_out_next(*, is_called_off: Callable[[], bool] = lambda: False) -> bool:
    """Carry out the import whose turn it is; return whether there was one. *is_called_off* is asked at each batch."""
    run = _taken()
    if run is None:
        return False
    _Carrier(run, is_called_off).carry_out()
    return True


@prepared
def _waiting() -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(state=State.WAITING).order_by("pk")


def _taken() -> ImportRun | None:
    """Return the next run whose files are on this machine, now ours."""
    return next((run for run in _waiting() if _is_here(run) and _is_taken(run)), None)


def _is_here(run: ImportRun) -> bool:
    return all(path.is_file() for path in paths_of(run))


def _is_taken(run: ImportRun) -> bool:
    """Take *run*, unless another machine has."""
    now = timezone.now()
    fresh = {"phase": OPENING, "done": 0, "total": None, "is_stopping": False, "error": "", "report": None}
    ours = ImportRun.objects.filter(pk=run.pk, state=State.WAITING).update(
        state=State.RUNNING, node=this_node(), began_at=now, seen_at=now, ended_at=None, **fresh
    )
    run.refresh_from_db()
    return bool(ours)


def break_off_runs() -> None:
    """Note that what this machine was at when its worker died was broken off. To be called before all others."""
    left = ImportRun.objects.filter(state=State.RUNNING, node=this_node())
    left.update(state=State.BROKEN_OFF, ended_at=timezone.now())


def this_node() -> str:
    """Return what this machine is called; one process of it carries out imports."""
    return socket.gethostname()[:64]


class _Carrier:
    """One run being carried out."""

    def __init__(self, run: ImportRun, is_called_off: Callable[[], bool]) -> None:
        self._run, self._is_called_off = run, is_called_off
        self._told = monotonic()

    def carry_out(self) -> None:
        """Bring it to an end, whatever that is."""
        run = self._run
        try:
            outcome = self._imported()
        except _Stopped:
            self._end(State.STOPPED)
        except _CalledOff:
            self._end(State.WAITING)
        except SourceBroken as error:
            self._end(State.FAILED, error=str(error))
        except Exception as error:
            logger.exception("The import %s of %s failed.", run.pk, run)
            self._end(State.FAILED, error=f"{type(error).__name__}: {in_clear_words(run, error)}")
        else:
            state = State.FAILED if outcome.broken else State.DONE
            self._end(state, error=outcome.broken, report=report_of(outcome))
            if state == State.DONE and not run.is_dry:
                drop_source(run)

    def _end(self, state: State, **facts: Any) -> None:
        """Write how it ended, unless somebody took it for broken off meanwhile."""
        run, now = self._run, timezone.now()
        ours = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING)
        ours.update(
            state=state, is_stopping=False, phase="", done=run.done, total=run.total, seen_at=now, ended_at=now, **facts
        )

    def _imported(self) -> Outcome:
        run = self._run
        reading = open_source(run)
        run.total = reading.total
        self._tell()
        wishes = Wishes(
            files=folder_of_files(run.wishes.get("folder", "")),
            fetch=self._fetched if run.wishes.get("fetch") else None,
            section=run.wishes.get("section", ""),
            language=run.wishes.get("language", ""),
        )
        outcome = import_archive(
            Reading(self._passing(reading), reading.total),
            name=run.archive,
            source=run.source,
            wishes=wishes,
            is_dry=run.is_dry,
            watch=self._watch,
        )
        if not run.is_dry:
            run.phase = SEARCH
            self._tell()
            call_command("index_stories", stdout=io.StringIO())  # which was written past it
        return outcome

    def _passing(self, reading: Reading) -> Iterator[Record]:
        """Yield the records; between two kinds say which comes."""
        try:
            for record in reading.records:
                if record.kind != self._run.phase:
                    self._run.phase = record.kind
                    self._tell()
                yield record
        except SourceBroken as error:
            raise in_clear_words(self._run, error) from None
        finally:
            self._run.phase = SETTLING

    def _fetched(self, url: str) -> bytes:
        self._tell_at_times()
        return fetch_public_file(url)

    def _watch(self, number: int) -> None:
        self._run.done += number
        self._tell_at_times()

    def _tell_at_times(self) -> None:
        if monotonic() - self._told >= TELL_SECONDS:
            self._tell()

    def _tell(self) -> None:
        """Write how far it is, and hear whether it is to stop. Raises _Stopped or _CalledOff."""
        run, self._told = self._run, monotonic()
        ours = ImportRun.objects.filter(pk=run.pk, state=State.RUNNING)
        is_there = ours.update(phase=run.phase, done=run.done, total=run.total, seen_at=timezone.now())
        if not is_there or ours.filter(is_stopping=True).exists():
            raise _Stopped
        if self._is_called_off():
            raise _CalledOff
