"""What is known of how one server is spoken to: remembered, found out once, and corrected."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable

from summarizer.errors import SummarizerError
from summarizer.model.dialect import FORMAT, DialectName, Manner
from summarizer.model.probe import Found
from summarizer.model.remembered import forget, recall, remember


class Manners:
    """The manner of one model at one address, for any number of threads.

    Args:
        base_url: the address.
        model: the name of the model.
        find_out: asks the server.
        dialect: the dialect to use, if that is known beforehand: nothing is then asked or kept.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        find_out: Callable[[], Found],
        dialect: DialectName | None,
    ) -> None:
        self._key = (base_url, model)
        self._find_out = find_out
        self._fixed = dialect is not None
        self._manner = Manner(dialect) if dialect else None
        self._kept = False
        self._doubted = False
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._failures = 0
        self._failure: SummarizerError | None = None

    @property
    def known(self) -> Manner | None:
        """The manner, if it is known without asking the server."""
        return self._manner

    def manner(self) -> Manner:
        """The manner; the server is asked for it at most once, whoever waits for it meanwhile.

        Raises:
            SummarizerError: it was asked, and cannot be used.
        """
        failures = self._failures
        while (manner := self._manner) is None:
            with self._asking:
                if self._failure and self._failures > failures:
                    raise copy.copy(self._failure)
                if self._manner is None:
                    self._establish()
        return manner

    def found(self, found: Found) -> None:
        """Take what a probe found; keep it if it is certain."""
        with self._lock:
            self._manner = found.manner
            self._kept = found.certain and not self._fixed
            if self._kept:
                remember(*self._key, found.manner)

    def correct(self, spoken: Manner, parameter: str | None) -> bool:
        """Whether to send again what was `spoken`, since a parameter of it was not taken.

        One that can be left out is left out from now on. If it is the form of the answer, the
        server has changed: it is forgotten, and asked anew, but only once.
        """
        if spoken.without(parameter):
            self._leave_out(parameter)
            return True
        return parameter == FORMAT and not self._fixed and self._doubt(spoken)

    def forget(self) -> None:
        """Find out again in the next run."""
        with self._lock:
            if self._kept:
                self._kept = False
                forget(*self._key)

    def _leave_out(self, parameter: str | None) -> None:
        with self._lock:
            if self._manner and (corrected := self._manner.without(parameter)):
                self._manner = corrected
                if self._kept:
                    remember(*self._key, corrected)

    def _doubt(self, spoken: Manner) -> bool:
        with self._lock:
            forget(*self._key)
            self._kept = False
            if not self._doubted:
                self._doubted = True
                self._manner = None
            return self._manner is None or self._manner.dialect != spoken.dialect

    def _establish(self) -> None:
        if not self._doubted and (kept := recall(*self._key)):
            with self._lock:
                self._manner, self._kept = kept, True
            return
        try:
            found = self._find_out()
        except SummarizerError as error:
            self._failures += 1
            self._failure = copy.copy(error)  # without its traceback
            raise
        self.found(found)
