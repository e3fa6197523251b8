"""The one door for plugins: everything a vendor may import, and nothing else.

A plugin is a distribution of its own with an entry point in the group `raaderum.plugins`
that names a module (or object) with functions marked `@hookimpl`. The hooks are listed in
`raaderum.plugin_api.hookspecs`; each is called once, at start.
"""

from raaderum.kernel.clock import today
from raaderum.kernel.money import Oere, format_kroner, parse_kroner
from raaderum.kernel.text import Text
from raaderum.plugin_api.callbacks import (
    Callback,
    CallbackAnswer,
    CallbackForged,
    CallbackMessage,
    StatusUnreadable,
    TellsByCallback,
    TellsByFile,
    Told,
)
from raaderum.plugin_api.cards import (
    CardControls,
    CardDecision,
    CardEvent,
    CardEventKind,
    CardForm,
    CardIssuer,
    CardIssuerKind,
    CardOrder,
    CardState,
    IssuedCard,
    Merchant,
    PostalAddress,
)
from raaderum.plugin_api.configuration import Mode, ProviderContext, Setting, SettingsInvalid
from raaderum.plugin_api.hookspecs import ENTRY_POINT_GROUP, hookimpl
from raaderum.plugin_api.invoices import (
    DocumentKind,
    Finding,
    InvoiceReader,
    InvoiceReading,
    SupplierInvoice,
    Verdict,
)
from raaderum.plugin_api.ledger_exports import (
    LedgerExport,
    LedgerExportKind,
    Voucher,
    VoucherLine,
    VoucherReceipt,
)
from raaderum.plugin_api.manifest import Capability, Limits, Manifest, PayoutMethod, RecipientField
from raaderum.plugin_api.movements import ProviderMovement, TellsMovements
from raaderum.plugin_api.notifiers import Notification, Notifier, NotifierKind
from raaderum.plugin_api.outcomes import Accepted, Completed, Outcome, Refused, Unknown
from raaderum.plugin_api.payouts import (
    BankAccount,
    Cancels,
    ChecksPayees,
    Erases,
    KeyedOrder,
    Payee,
    PayeeCheck,
    PaymentBatch,
    PaymentOrder,
    PayoutProvider,
    PayoutProviderKind,
    SendsBatches,
)
from raaderum.plugin_api.statements import (
    StatementFault,
    StatementHead,
    StatementLine,
    StatementPart,
    StatementReader,
)
from raaderum.plugin_api.target_groups import (
    Answer,
    AnswerType,
    CriterionOutcome,
    CriterionResult,
    Question,
    ScreeningFacts,
    TargetGroup,
)
from raaderum.plugin_api.version import API_VERSION

__all__ = [
    "API_VERSION",
    "ENTRY_POINT_GROUP",
    "Accepted",
    "Answer",
    "AnswerType",
    "BankAccount",
    "Callback",
    "CallbackAnswer",
    "CallbackForged",
    "CallbackMessage",
    "Cancels",
    "Capability",
    "CardControls",
    "CardDecision",
    "CardEvent",
    "CardEventKind",
    "CardForm",
    "CardIssuer",
    "CardIssuerKind",
    "CardOrder",
    "CardState",
    "ChecksPayees",
    "Completed",
    "CriterionOutcome",
    "CriterionResult",
    "DocumentKind",
    "Erases",
    "Finding",
    "InvoiceReader",
    "InvoiceReading",
    "IssuedCard",
    "KeyedOrder",
    "LedgerExport",
    "LedgerExportKind",
    "Limits",
    "Manifest",
    "Merchant",
    "Mode",
    "Notification",
    "Notifier",
    "NotifierKind",
    "Oere",
    "Outcome",
    "Payee",
    "PayeeCheck",
    "PaymentBatch",
    "PaymentOrder",
    "PayoutMethod",
    "PayoutProvider",
    "PayoutProviderKind",
    "PostalAddress",
    "ProviderContext",
    "ProviderMovement",
    "Question",
    "RecipientField",
    "Refused",
    "ScreeningFacts",
    "SendsBatches",
    "Setting",
    "SettingsInvalid",
    "StatementFault",
    "StatementHead",
    "StatementLine",
    "StatementPart",
    "StatementReader",
    "StatusUnreadable",
    "SupplierInvoice",
    "TargetGroup",
    "TellsByCallback",
    "TellsByFile",
    "TellsMovements",
    "Text",
    "Told",
    "Unknown",
    "Verdict",
    "Voucher",
    "VoucherLine",
    "VoucherReceipt",
    "format_kroner",
    "hookimpl",
    "parse_kroner",
    "today",
]
