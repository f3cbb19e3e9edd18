"""The relay's side of the delivery: each batch of a publisher of another process is taken once, and
in order; each message is answered with a receipt.  [no I/O]
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Final

from zwsnb.delivery.accounts import Account, Accounts
from zwsnb.delivery.receipts import Envelope, Receipt, encode_receipt, envelope_in
from zwsnb.protocol.batch import Batch, Frame, body_in, header_in
from zwsnb.protocol.messages import InvalidMessage, JsonObject

WRONG_TOKEN: Final = "wrong token"  # noqa: S105 - a kind of refusal

OTHER_VERSION: Final = "other version"


class Reception:
    """Answers messages of publishers that know the token.

    take: takes a batch, and counts what it has to refuse. refuse: counts a message that is refused
    here.
    """

    def __init__(
        self,
        token: str,
        accounts: Accounts,
        take: Callable[[Batch], object],
        refuse: Callable[[InvalidMessage], None],
    ) -> None:
        self._token = token.encode()
        self._accounts = accounts
        self._take = take
        self._refuse = refuse

    def receive(self, frames: Sequence[Frame]) -> bytes | None:
        """Take a message; return the receipt for it, None where nobody could read one."""
        try:
            header = header_in(frames)
            envelope = envelope_in(header)
            self._check(envelope)
        except InvalidMessage as refusal:
            self._refuse(refusal)
            if refusal.kind in (WRONG_TOKEN, OTHER_VERSION):
                return encode_receipt(Receipt(0, refused=refusal.kind))
            return None
        account = self._accounts.of(envelope.producer)
        if envelope.ask is not None:
            account.begin(envelope.held)
            return encode_receipt(Receipt(account.next_batch, envelope.ask))
        is_hole = envelope.held.number > account.next_batch
        if envelope.held.number == account.next_batch:
            self._take_next(account, envelope, header, frames)
        return encode_receipt(Receipt(account.next_batch, is_hole=is_hole))

    def _check(self, envelope: Envelope) -> None:
        """Raise InvalidMessage where the token is another."""
        if not hmac.compare_digest(envelope.token.encode(errors="replace"), self._token):
            raise InvalidMessage(WRONG_TOKEN, "a batch without the token of this service")

    def _take_next(
        self, account: Account, envelope: Envelope, header: JsonObject, frames: Sequence[Frame]
    ) -> None:
        try:
            body = body_in(header, frames)
        except Exception as error:
            # Also of an error of ours: it would come again and again.
            account.refuse(envelope.held)
            if not isinstance(error, InvalidMessage):
                raise
            self._refuse(error)
            return
        number, points, dropped = envelope.held
        batch = Batch(envelope.producer, number, points, dropped, body)
        account.record(batch)
        self._take(batch)
