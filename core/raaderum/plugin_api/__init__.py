"""The one door for plugins: everything a vendor may import, and nothing else.

A plugin is a distribution of its own with an entry point in the group `raaderum.plugins`
that names a module (or object) with functions marked `@hookimpl`. The hooks are listed in
`raaderum.plugin_api.hookspecs`; each is called once, at start.
"""

from raaderum.kernel.clock import today
from raaderum.kernel.money import Oere, format_kroner, parse_kroner
from raaderum.kernel.text import Text
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
from raaderum.plugin_api.outcomes import Accepted, Completed, Outcome, Refused, Unknown
from raaderum.plugin_api.payouts import Payee, PaymentOrder, PayoutProvider, PayoutProviderKind
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
    "Completed",
    "CriterionOutcome",
    "CriterionResult",
    "DocumentKind",
    "Finding",
    "InvoiceReader",
    "InvoiceReading",
    "LedgerExport",
    "LedgerExportKind",
    "Mode",
    "Oere",
    "Outcome",
    "Payee",
    "PaymentOrder",
    "PayoutProvider",
    "PayoutProviderKind",
    "ProviderContext",
    "Question",
    "Refused",
    "ScreeningFacts",
    "Setting",
    "SettingsInvalid",
    "SupplierInvoice",
    "TargetGroup",
    "Text",
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
