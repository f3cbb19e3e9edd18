"""The socket by which a sender reaches a relay. Make and use it in one thread."""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING, Final

import zmq
from zmq.utils.garbage import gc as collector

from zwsnb.delivery.doors import has_keys, has_room, hold, is_file, unlock, why_not
from zwsnb.delivery.pieces import cut
from zwsnb.delivery.threads import OF_A_CONTEXT, check_threads
from zwsnb.limits.descriptors import FOR_A_SENDER, check_descriptors
from zwsnb.producer import native
from zwsnb.protocol.batch import SetOptions, encode_batch
from zwsnb.protocol.messages import MAX_JSON

if TYPE_CHECKING:
    from zwsnb.protocol.batch import Batch, Frame

LARGE: Final = 65_536
"""Bytes from which on a column goes without a copy: for smaller ones the book-keeping would cost
more.
"""

_log = logging.getLogger("zwsnb.service")


class Link:
    """A DEALER socket, made anew by each `open`."""

    def __init__(self) -> None:
        # Of its own, for one that was made before a fork does not work after it; and not made
        # before it is needed.
        self._context: zmq.Context[zmq.Socket[bytes]] | None = None
        self._socket: zmq.Socket[bytes] | None = None
        self._always_copies = False
        self._folder: int | None = None  # of the socket file, as long as it is connected
        self._is_file = False  # ZeroMQ connects by itself to other addresses only
        self._in_pieces = False
        self._has_heard = False
        self.is_cut = False
        """True when what was sent has gone nowhere: it has to be opened anew."""

    @property
    def is_doubtful(self) -> bool:
        """True while it may lead to nobody, and may have to be opened anew to find somebody."""
        return self._is_file and not self._has_heard

    def open(self, address: str, token: str) -> None:
        """Connect to a relay; what is on its way by the connection before is lost.

        Raises:
            OSError: the address cannot be used, or no threads are left.
        """
        self._leave()
        self._is_file, self._has_heard, self.is_cut = is_file(address), False, False
        try:
            if self._context is None:
                check_threads()
                self._context = zmq.Context()
            self._socket = self._context.socket(zmq.DEALER)
            self._connect(self._socket, address, token)
        except zmq.ZMQError as error:
            self._leave()
            raise OSError(error.errno, why_not(address, error)) from error
        except OSError:
            self._leave()
            raise

    def _connect(self, socket: zmq.Socket[bytes], address: str, token: str) -> None:
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.SNDHWM, 0)  # what is on its way is bounded by the window
        socket.setsockopt(zmq.TCP_KEEPALIVE, 1)
        # Receipts are short; who has taken the address of a service that has gone may say anything.
        socket.setsockopt(zmq.MAXMSGSIZE, MAX_JSON)
        unlock(socket, address, token)
        self._in_pieces = has_keys(address)
        with contextlib.suppress(FileNotFoundError):  # nobody is there
            way, self._folder = hold(address)
            if has_room(address):
                socket.connect(way)
            else:  # it is looked for again, as a file that is not there
                self._is_file = True

    def send_batch(self, batch: Batch, token: str) -> None:
        """Send a batch; of one that no relay could read, one that says nothing: the next ones wait
        behind its number.
        """
        frames = encode_batch(batch, token)
        if len(frames[0]) > MAX_JSON:
            _log.error("a command about the plot %r is too long, and was not sent", batch.body.plot)
            nothing = batch._replace(body=SetOptions(batch.body.plot, {}))
            frames = encode_batch(nothing, token)
        self.send(frames)

    def send(self, frames: list[Frame]) -> None:
        """Send a message, without waiting. One for which there is no way is lost, as others are on
        theirs: where nobody has a socket file open, which is told by `is_cut`, or where something
        answers by TCP that does not speak ZeroMQ, such as a tunnel whose other end is down; libzmq
        gives the connection up then, until another `open`.
        """
        if self._socket is None:
            return
        if self._in_pieces:
            frames = cut(frames)
        last = self._uncopied(frames[-1])
        copy = not isinstance(last, zmq.Frame)
        try:
            self._socket.send_multipart([*frames[:-1], last], zmq.NOBLOCK, copy=copy)
        except zmq.Again:
            self.is_cut = self._is_file

    def _uncopied(self, frame: Frame) -> Frame | zmq.Frame:
        """Return a large frame as one that is sent as it is; a small one, and where pyzmq cannot
        start what says when it is free, as it came.

        That has threads and a context of its own, which ends the process where the system has no
        more to give. At the end of the interpreter it is not tried again. Of such a thread gevent
        would make a greenlet, for which this one would wait for ever, also where the program has
        had it put greenlets in the place of threads only now.
        """
        if self._always_copies or len(frame) < LARGE or native.is_patched():
            return frame
        try:
            if not collector.is_alive():
                check_descriptors(FOR_A_SENDER, "a sender")
                check_threads(OF_A_CONTEXT + 1)
            return zmq.Frame(frame, copy=False)
        except RuntimeError:
            self._always_copies = True
        except (OSError, zmq.ZMQError):  # the program may give some back
            pass
        return frame

    def receive(self) -> list[bytes]:
        """Return the messages that have come, without waiting; the first frame of each."""
        found: list[bytes] = []
        while self._socket is not None:
            try:
                found.append(self._socket.recv_multipart(zmq.NOBLOCK)[0])
            except zmq.Again:
                break
        self._has_heard |= bool(found)
        return found

    def wait(self, seconds: float) -> None:
        """Wait until a message has come, for some seconds at most; to their end where it could not
        be opened: who waits tries that again then.
        """
        if self._socket is not None:
            self._socket.poll(max(1, int(1000 * seconds)))
        else:
            native.sleep(seconds)

    def close(self) -> None:
        """Close the socket: what has not been acknowledged is lost."""
        self._leave()
        if self._context is not None:
            self._context.term()
            self._context = None

    def _leave(self) -> None:
        if self._socket is not None:
            self._socket.close(linger=0)
            self._socket = None
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None
