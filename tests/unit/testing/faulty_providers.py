"""Providers with one fault each, and by which test of the contract it must be caught."""

from __future__ import annotations

import itertools
import logging
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from raaderum.plugin_api import (
    Accepted,
    Capability,
    Completed,
    Limits,
    Oere,
    Refused,
    Text,
    Told,
)
from raaderum.testing.provider_simulator import Simulator, SimulatorKind
from raaderum.testing.simulated_bank import Behaviour, SimulatedBank
from raaderum.testing.simulator_contract import SimulatorContract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO
    from uuid import UUID

    from raaderum.plugin_api import (
        Callback,
        CallbackMessage,
        Manifest,
        Outcome,
        PaymentBatch,
        PaymentOrder,
        PayoutProvider,
        ProviderContext,
        ProviderMovement,
        Setting,
    )

log = logging.getLogger(__name__)
NO = Refused("no", Text("Nej.", "No."))


class Faulty(Simulator):
    """The simulator, to plant a fault in."""

    def __init__(self, context: ProviderContext) -> None:
        bank = SimulatedBank(context.files)
        secret = context.settings.get("callback_secret", "")
        super().__init__(bank, hang_seconds=0.1, slow_seconds=0.1, callback_secret=secret)


class FaultyKind(SimulatorKind):
    """A kind that makes what it was given."""

    def __init__(self, made: type[Faulty], **manifest: object) -> None:
        self._made = made
        self.manifest: Manifest = replace(SimulatorKind.manifest, **manifest)  # type: ignore[arg-type] # by name

    def configure(self, context: ProviderContext) -> PayoutProvider:
        SimulatorKind().configure(context)
        return self._made(context)


class ForgetsKeys(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        self._bank.move(idempotency_key, order, order.amount, Behaviour.COMPLETES, even_again=True)
        return Completed("paid")


class TestForgetsKeys(SimulatorContract):
    kind = FaultyKind(ForgetsKeys)
    caught_by = "test_the_same_key_twice_has_one_effect"


class RemembersInMemory(Faulty):
    def __init__(self, context: ProviderContext) -> None:
        super().__init__(context)
        self._known: dict[str, Outcome] = {}

    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        if idempotency_key not in self._known:
            self._bank.move(idempotency_key, order, order.amount, Behaviour.COMPLETES, even_again=True)
        return self._known.setdefault(idempotency_key, Completed("paid"))


class TestRemembersInMemory(SimulatorContract):
    kind = FaultyKind(RemembersInMemory)
    caught_by = "test_a_restart_forgets_no_key"


class LooksBeforeItLeaps(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        if self._bank.find(idempotency_key) is None:
            time.sleep(0.05)
            self._bank.move(idempotency_key, order, order.amount, Behaviour.COMPLETES, even_again=True)
        return Completed("paid")


class TestLooksBeforeItLeaps(SimulatorContract):
    kind = FaultyKind(LooksBeforeItLeaps)
    caught_by = "test_the_same_key_from_many_threads_has_one_effect"


class TakesATimeOutForANo(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        try:
            return super().send(order, idempotency_key)
        except TimeoutError:
            return NO


class TestTakesATimeOutForANo(SimulatorContract):
    kind = FaultyKind(TakesATimeOutForANo)
    caught_by = "test_a_time_out_after_the_effect_is_unknown_until_it_is_looked_up"


class TakesATimeOutForAYes(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        try:
            return super().send(order, idempotency_key)
        except OSError:
            return Accepted("surely")


class TestTakesATimeOutForAYes(SimulatorContract):
    kind = FaultyKind(TakesATimeOutForAYes)
    caught_by = "test_a_time_out_before_the_effect_is_unknown_too_and_can_be_sent_again"


class SaysNeverArrivedInsteadOfDoNotKnow(Faulty):
    def look_up(self, idempotency_key: str) -> Outcome | None:
        try:
            return super().look_up(idempotency_key)
        except OSError:
            return None


class TestSaysNeverArrivedInsteadOfDoNotKnow(SimulatorContract):
    kind = FaultyKind(SaysNeverArrivedInsteadOfDoNotKnow)
    caught_by = "test_a_look_up_that_gets_no_answer_does_not_say_that_the_order_never_arrived"


class KnowsEveryKey(Faulty):
    def look_up(self, idempotency_key: str) -> Outcome | None:
        return super().look_up(idempotency_key) or Completed("surely")


class TestKnowsEveryKey(SimulatorContract):
    kind = FaultyKind(KnowsEveryKey)
    caught_by = "test_a_key_that_never_arrived_is_not_known"


class CannotBeLookedUp(Faulty):
    def look_up(self, idempotency_key: str) -> Outcome | None:  # noqa: ARG002 - that is the fault
        return None


class TestCannotBeLookedUp(SimulatorContract):
    kind = FaultyKind(CannotBeLookedUp)
    caught_by = "test_a_look_up_says_the_same_as_the_answer_and_changes_nothing"


class TakesBackTwice(Faulty):
    def take_back(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        self._bank.move(idempotency_key, order, -order.amount, Behaviour.COMPLETES, even_again=True)
        return Completed("back")


class TestTakesBackTwice(SimulatorContract):
    kind = FaultyKind(TakesBackTwice)
    caught_by = "test_what_comes_back_is_booked_once_under_a_key_of_its_own"


class RefusesAfterPaying(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        told = super().send(order, idempotency_key)
        if isinstance(told, Refused):
            self._bank.move(idempotency_key, order, order.amount, Behaviour.COMPLETES)
        return told


class TestRefusesAfterPaying(SimulatorContract):
    kind = FaultyKind(RefusesAfterPaying)
    caught_by = "test_a_refusal_is_told_as_one_and_has_no_effect"


class ErasesTheMoneyToo(Faulty):
    def erase(self, payout_ids: Sequence[UUID]) -> None:
        super().erase(payout_ids)
        with self._bank._file() as file:
            file.execute("delete from movement")


class TestErasesTheMoneyToo(SimulatorContract):
    kind = FaultyKind(ErasesTheMoneyToo)
    caught_by = "test_erasing_a_person_keeps_the_money"


class ErasesNothing(Faulty):
    def erase(self, payout_ids: Sequence[UUID]) -> None:
        pass


class TestErasesNothing(SimulatorContract):
    kind = FaultyKind(ErasesNothing)
    caught_by = "test_after_erasure_nothing_of_the_person_is_left_in_the_files"


class DoesNotAddUp(Faulty):
    def send_batch(self, batch: PaymentBatch) -> Mapping[str, Outcome] | Outcome:
        return {one.idempotency_key: self.send(one.order, one.idempotency_key) for one in batch.orders}


class TestDoesNotAddUp(SimulatorContract):
    kind = FaultyKind(DoesNotAddUp)
    caught_by = "test_a_batch_that_does_not_add_up_is_refused_whole"


class TellsOneOutcomeForAll(Faulty):
    def send_batch(self, batch: PaymentBatch) -> Mapping[str, Outcome] | Outcome:
        told = super().send_batch(batch)
        return told if isinstance(told, Refused) else Completed("all of it")


class TestTellsOneOutcomeForAll(SimulatorContract):
    kind = FaultyKind(TellsOneOutcomeForAll)
    caught_by = "test_half_a_batch_is_told_order_by_order"


class IgnoresItsOwnLimits(Faulty):
    pass


class TestIgnoresItsOwnLimits(SimulatorContract):
    kind = FaultyKind(IgnoresItsOwnLimits, limits=Limits(per_payment=Oere(1_999_99)))
    caught_by = "test_more_than_the_limit_is_refused"


class PaysLessThanNothing(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        self._bank.move(idempotency_key, order, order.amount, Behaviour.COMPLETES)
        return Completed("paid")


class TestPaysLessThanNothing(SimulatorContract):
    kind = FaultyKind(PaysLessThanNothing)
    caught_by = "test_nothing_and_less_is_refused"


class RaisesOnOddOrders(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        order.payee.name.encode("latin-1")
        return super().send(order, idempotency_key)


class TestRaisesOnOddOrders(SimulatorContract):
    kind = FaultyKind(RaisesOnOddOrders)
    caught_by = "test_an_odd_order_is_answered_and_paid_at_most_once"


class CutsKeysShort(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        return super().send(order, idempotency_key[:64])


class TestCutsKeysShort(SimulatorContract):
    kind = FaultyKind(CutsKeysShort)
    caught_by = "test_an_odd_key_is_a_key_like_any_other"


class BelievesEverybody(Faulty):
    def read_callback(self, callback: Callback) -> CallbackMessage:
        callback = replace(callback, headers={**callback.headers})
        try:
            return super().read_callback(callback)
        except Exception:  # noqa: BLE001 - that is the fault
            return super().read_callback(SimulatorContract().callback_of_unknown_kind(self._bank._folder))


class TestBelievesEverybody(SimulatorContract):
    kind = FaultyKind(BelievesEverybody)
    caught_by = "test_a_callback_changed_in_one_byte_is_forged"


class NumbersCallbacksAsTheyCome(Faulty):
    _number = itertools.count()

    def read_callback(self, callback: Callback) -> CallbackMessage:
        return replace(super().read_callback(callback), event_id=str(next(self._number)))


class TestNumbersCallbacksAsTheyCome(SimulatorContract):
    kind = FaultyKind(NumbersCallbacksAsTheyCome)
    caught_by = "test_a_repeated_callback_has_the_same_event_id_and_another_one_another"


class GoesByTheOrderOfCallbacks(Faulty):
    def __init__(self, context: ProviderContext) -> None:
        super().__init__(context)
        self._seen = 0

    def read_callback(self, callback: Callback) -> CallbackMessage:
        self._seen += 1
        message = super().read_callback(callback)
        told = tuple(replace(one, outcome=NO) for one in message.told) if self._seen == 1 else message.told
        return replace(message, told=told)


class TestGoesByTheOrderOfCallbacks(SimulatorContract):
    kind = FaultyKind(GoesByTheOrderOfCallbacks)
    caught_by = "test_callbacks_repeated_and_out_of_order_end_the_same"


class TakesHalfAFileForAll(Faulty):
    def read_status(self, content: BinaryIO) -> Iterator[Told]:
        read = 0
        try:
            for told in super().read_status(content):
                yield told
                read += 1
        except ValueError:
            yield from ()
        if read <= 1:
            yield Told("contract-told-9", NO)


class TestTakesHalfAFileForAll(SimulatorContract):
    kind = FaultyKind(TakesHalfAFileForAll)
    caught_by = "test_a_status_file_that_breaks_off_says_nothing_else_than_the_whole"


class RecognisesEverything(Faulty):
    def recognises_status(self, head: bytes) -> bool:  # noqa: ARG002 - that is the fault
        return True


class TestRecognisesEverything(SimulatorContract):
    kind = FaultyKind(RecognisesEverything)
    caught_by = "test_nonsense_is_no_status_file"


class ListsOnlyTheFirst(Faulty):
    def movements(self, since: object, until: object) -> Iterator[ProviderMovement]:
        return itertools.islice(super().movements(since, until), 1)  # type: ignore[arg-type] # handed on


class TestListsOnlyTheFirst(SimulatorContract):
    kind = FaultyKind(ListsOnlyTheFirst)
    caught_by = "test_movements_are_what_was_carried_out"


class WritesSecretsDown(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        log.debug("signing in with %s", self._callback_secret)
        return super().send(order, idempotency_key)


class TestWritesSecretsDown(SimulatorContract):
    kind = FaultyKind(WritesSecretsDown)
    caught_by = "test_no_secret_and_no_persons_number_is_logged_shown_or_raised"


class WorksWhileDisabled(FaultyKind):
    def configure(self, context: ProviderContext) -> PayoutProvider:
        return Faulty(context)


class TestWorksWhileDisabled(SimulatorContract):
    kind = WorksWhileDisabled(Faulty)
    caught_by = "test_while_disabled_nothing_is_sent_and_no_socket_is_opened"


class CallsHomeWhenConfigured(FaultyKind):
    def configure(self, context: ProviderContext) -> PayoutProvider:
        with socket.socket() as line:
            line.settimeout(0.1)
            line.connect_ex(("127.0.0.1", 9))
        return super().configure(context)


class TestCallsHomeWhenConfigured(SimulatorContract):
    kind = CallsHomeWhenConfigured(Faulty)
    caught_by = "test_configuring_opens_no_socket"


class TestHidesWhatItCan(SimulatorContract):
    kind = FaultyKind(Faulty, capabilities=SimulatorKind.manifest.capabilities - {Capability.BATCHES})
    caught_by = "test_a_capability_is_declared_exactly_where_its_methods_are"


class WantsMoreThanItAskedFor(Faulty):
    def send(self, order: PaymentOrder, idempotency_key: str) -> Outcome:
        return super().send(order, idempotency_key) if order.payee.account else NO


class TestWantsMoreThanItAskedFor(SimulatorContract):
    kind = FaultyKind(WantsMoreThanItAskedFor)
    caught_by = "test_it_works_with_no_more_than_the_fields_that_it_asks_for"


class NeedsWhatItDoesNotMiss(FaultyKind):
    settings: Sequence[Setting] = tuple(
        replace(one, required=True, default=None) for one in SimulatorKind.settings
    )

    def configure(self, context: ProviderContext) -> PayoutProvider:
        return super().configure(replace(context, settings={**context.settings, "hang_seconds": "1"}))


class TestNeedsWhatItDoesNotMiss(SimulatorContract):
    kind = NeedsWhatItDoesNotMiss(Faulty)
    caught_by = "test_without_a_setting_that_it_needs_it_is_not_made"


class HasAWildName(FaultyKind):
    identifier = "../Wild name"


class TestHasAWildName(SimulatorContract):
    kind = HasAWildName(Faulty)
    caught_by = "test_it_says_what_it_is"
