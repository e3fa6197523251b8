"""EN 16931 on VAT: each category has the same ten rules with small differences, told in a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from raaderum_invoice.amounts import HUNDRED, ONE, ZERO, number, rounded
from raaderum_invoice.rules.allowances import ALLOWANCE, CHARGE, kind_of
from raaderum_invoice.rules.en16931_parties import buyer, is_vat, seller, vat_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from raaderum_invoice.document import Aggregate, Document
    from raaderum_invoice.report import Report


class Rate(Enum):
    """What the VAT rate of a category must be."""

    POSITIVE = auto()
    NOT_NEGATIVE = auto()
    ZERO = auto()
    ABSENT = auto()


class Registered(Enum):
    """Which registrations of seller and buyer a category asks for."""

    SELLER = auto()
    """The seller, for any tax."""
    SELLER_FOR_VAT = auto()
    SELLER_AND_BUYER = auto()
    """The seller for any tax; the buyer for VAT or in a register of companies."""
    BOTH_FOR_VAT = auto()
    NOBODY_FOR_VAT = auto()


@dataclass(frozen=True, slots=True)
class Category:
    """One VAT category: its code, the first part of its rules' ids, and where it differs."""

    code: str
    rules: str
    rate: Rate
    registered: Registered
    exempt: bool

    @property
    def several_rates(self) -> bool:
        """Say whether the breakdown has one group for each rate instead of one in all."""
        return self.rate in (Rate.POSITIVE, Rate.NOT_NEGATIVE)


CATEGORIES: Final = (
    Category("S", "BR-S", Rate.POSITIVE, Registered.SELLER, exempt=False),
    Category("Z", "BR-Z", Rate.ZERO, Registered.SELLER, exempt=False),
    Category("E", "BR-E", Rate.ZERO, Registered.SELLER, exempt=True),
    Category("AE", "BR-AE", Rate.ZERO, Registered.SELLER_AND_BUYER, exempt=True),
    Category("K", "BR-IC", Rate.ZERO, Registered.BOTH_FOR_VAT, exempt=True),
    Category("G", "BR-G", Rate.ZERO, Registered.SELLER_FOR_VAT, exempt=True),
    Category("O", "BR-O", Rate.ABSENT, Registered.NOBODY_FOR_VAT, exempt=True),
    Category("L", "BR-AF", Rate.NOT_NEGATIVE, Registered.SELLER, exempt=False),
    Category("M", "BR-AG", Rate.NOT_NEGATIVE, Registered.SELLER, exempt=False),
)
_BY_KIND: Final = {ALLOWANCE: ("03", "06"), CHARGE: ("04", "07")}

_Group = tuple[str, "Decimal | None"]
"""A category, and a rate, or None for all rates."""
_InAllowance = tuple["Aggregate", "Aggregate"]
"""An allowance or charge, and a VAT category that it names."""


class _Taxes:
    """Where the document speaks of VAT categories."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.subtotals = document.top.all_parts("TaxTotal", "TaxSubtotal")
        self.breakdown = [
            (subtotal, category)
            for subtotal in self.subtotals
            for category in subtotal.parts.get("TaxCategory", ())
        ]
        self.items = document.all("ClassifiedTaxCategory")
        self.allowances = [
            (allowance, category)
            for allowance in document.all("AllowanceCharge")
            for category in allowance.parts.get("TaxCategory", ())
        ]
        categories = [*document.all("TaxCategory"), *self.items]
        self.codes = {category.text("ID") for category in categories}
        self.codes_for_vat = {category.text("ID") for category in categories if is_vat(category)}
        self._sums: dict[_Group, Decimal] = {}
        self._add_up()

    def sum_of(self, code: str, percent: Decimal | None = None) -> Decimal | None:
        """Return lines and charges of a category, and rate, less allowances; None where there are none."""
        return self._sums.get((code, percent))

    def _add_up(self) -> None:
        for line in self.document.lines:
            categories = line.all_parts("Item", "ClassifiedTaxCategory")
            self._add(categories, number(line, "LineExtensionAmount") or ZERO)
        for allowance in self.document.top.parts.get("AllowanceCharge", ()):
            amount = number(allowance, "Amount") or ZERO
            sign = {CHARGE: amount, ALLOWANCE: -amount}.get(kind_of(allowance) or "", ZERO)
            self._add(allowance.parts.get("TaxCategory", ()), sign)

    def _add(self, categories: Sequence[Aggregate], amount: Decimal) -> None:
        """Add `amount` to each group that it belongs to. It has one category, unless a rule is broken."""
        groups = {(category.text("ID"), number(category, "Percent")) for category in categories}
        for group in groups | {(code, None) for code, _ in groups}:
            self._sums[group] = self._sums.get(group, ZERO) + amount


def check_vat(document: Document, report: Report) -> None:
    """Check the breakdown of VAT against lines, allowances and charges. Numbers must be readable."""
    taxes = _Taxes(document)
    for category in CATEGORIES:
        if category.code in taxes.codes:
            _check_category(category, taxes, report)
    if "B" in taxes.codes:
        _check_split_payment(taxes, report)
    for subtotal in document.all("TaxSubtotal"):
        _check_subtotal(subtotal, report)


def _check_category(category: Category, taxes: _Taxes, report: Report) -> None:
    code = category.code
    breakdown = [pair for pair in taxes.breakdown if pair[1].text("ID") == code]
    items = [one for one in taxes.items if one.text("ID") == code]
    allowances = [pair for pair in taxes.allowances if pair[1].text("ID") == code]
    if category.several_rates:
        broken_down = bool(items or allowances) == bool(breakdown)
    else:
        broken_down = code not in taxes.codes_for_vat or len([1 for _, one in breakdown if is_vat(one)]) == 1
    if not broken_down:
        report(f"{category.rules}-01")
    _check_registrations(category, items, allowances, taxes.document, report)
    _check_rates(category, items, allowances, report)
    for subtotal, one in breakdown:
        if is_vat(one):
            _check_breakdown(category, subtotal, one, taxes, report)
    if code == "K" and breakdown:
        _check_intra_community_supply(taxes.document, report)
    if code == "O" and breakdown:
        _check_nothing_else_is_taxed(taxes, report)


def _check_registrations(
    category: Category,
    items: Sequence[Aggregate],
    allowances: Sequence[_InAllowance],
    document: Document,
    report: Report,
) -> None:
    rules = category.rules
    if not _is_registered(category, document):
        if any(category.rate is Rate.POSITIVE or is_vat(one) for one in items):
            report(f"{rules}-02")
        kinds = {kind_of(allowance) for allowance, one in allowances if is_vat(one)}
        for kind, numbers in _BY_KIND.items():
            if kind in kinds:
                report(f"{rules}-{numbers[0]}")
    elif category.rate is Rate.POSITIVE and items and not any(is_vat(one) for one in items):
        report(f"{rules}-02")


def _check_rates(
    category: Category, items: Sequence[Aggregate], allowances: Sequence[_InAllowance], report: Report
) -> None:
    for one in items:
        if is_vat(one) and not _rate_fits(category.rate, one):
            report(f"{category.rules}-05", one)
    for allowance, one in allowances:
        kind = kind_of(allowance)
        if kind is not None and is_vat(one) and not _rate_fits(category.rate, one):
            report(f"{category.rules}-{_BY_KIND[kind][1]}", allowance)


def _is_registered(category: Category, document: Document) -> bool:
    sellers_party, buyers_party = seller(document), buyer(document)
    representatives = [
        text for one in document.top.parts.get("TaxRepresentativeParty", ()) for text in vat_numbers(one)
    ]
    for_vat = bool(vat_numbers(sellers_party) or representatives)
    buyer_for_vat = bool(vat_numbers(buyers_party))
    for_any_tax = bool(representatives) or (
        sellers_party is not None and sellers_party.has("PartyTaxScheme", "CompanyID")
    )
    match category.registered:
        case Registered.SELLER:
            return for_any_tax
        case Registered.SELLER_FOR_VAT:
            return for_vat
        case Registered.BOTH_FOR_VAT:
            return for_vat and buyer_for_vat
        case Registered.NOBODY_FOR_VAT:
            return not for_vat and not buyer_for_vat
        case Registered.SELLER_AND_BUYER:
            in_register = buyers_party is not None and buyers_party.has("PartyLegalEntity", "CompanyID")
            return for_any_tax and (buyer_for_vat or in_register)


def _rate_fits(rate: Rate, category: Aggregate) -> bool:
    percent = number(category, "Percent")
    if rate is Rate.ABSENT:
        return percent is None
    if percent is None:
        return False
    if rate is Rate.ZERO:
        return percent == ZERO
    return percent > ZERO if rate is Rate.POSITIVE else percent >= ZERO


def _check_breakdown(
    category: Category, subtotal: Aggregate, one: Aggregate, taxes: _Taxes, report: Report
) -> None:
    rules, percent = category.rules, number(one, "Percent")
    taxable, tax = number(subtotal, "TaxableAmount"), number(subtotal, "TaxAmount")
    if category.several_rates:
        if percent is not None and not _matches_lines(category.code, percent, taxable, taxes):
            report(f"{rules}-08", subtotal)
        if not _is_share(tax, taxable, percent):
            report(f"{rules}-09", subtotal)
    else:
        if not taxes.document.lines or taxable != (taxes.sum_of(category.code) or ZERO):
            report(f"{rules}-08", subtotal)
        if tax != ZERO:
            report(f"{rules}-09", subtotal)
    reasons = one.texts.keys() & {"TaxExemptionReason", "TaxExemptionReasonCode"}
    if bool(reasons) != category.exempt:
        report(f"{rules}-10", subtotal)


def _matches_lines(code: str, percent: Decimal, taxable: Decimal | None, taxes: _Taxes) -> bool:
    expected = taxes.sum_of(code, percent)
    if expected is None and (code == "S" or not taxes.document.lines):
        return False
    return taxable is not None and abs(taxable - (expected or ZERO)) < ONE


def _is_share(tax: Decimal | None, taxable: Decimal | None, percent: Decimal | None) -> bool:
    if tax is None or taxable is None or percent is None:
        return False
    share = rounded(abs(taxable) * percent / HUNDRED)
    return abs(tax) - ONE < share < abs(tax) + ONE


def _check_subtotal(subtotal: Aggregate, report: Report) -> None:
    texts = subtotal.texts
    if "TaxableAmount" not in texts:
        report("BR-45", subtotal)
    if "TaxAmount" not in texts:
        report("BR-46", subtotal)
    categories = [one for one in subtotal.parts.get("TaxCategory", ()) if is_vat(one)]
    category = categories[0] if categories else None
    if category is None or "ID" not in category.texts:
        report("BR-47", subtotal)
    if category is None or ("Percent" not in category.texts and category.text("ID") != "O"):
        report("BR-48", subtotal)
    if len(subtotal.parts.get("TaxCategory", ())) and any(
        "TaxExemptionReason" in one.repeats for one in subtotal.parts["TaxCategory"]
    ):
        report("UBL-SR-32", subtotal)
    tax, percent = number(subtotal, "TaxAmount"), number(category, "Percent")
    if percent is None or rounded(percent, 0) == ZERO:
        if tax is None or rounded(tax, 0) != ZERO:
            report("BR-CO-17", subtotal)
    elif not _is_share(tax, number(subtotal, "TaxableAmount"), percent):
        report("BR-CO-17", subtotal)


def _check_intra_community_supply(document: Document, report: Report) -> None:
    top = document.top
    delivered = any(one.texts.get("ActualDeliveryDate") for one in top.parts.get("Delivery", ()))
    period = any(one.texts or one.parts for one in top.parts.get("InvoicePeriod", ()))
    if not delivered and not period:
        report("BR-IC-11")
    if not top.first_text("Delivery", "DeliveryLocation", "Address", "Country", "IdentificationCode"):
        report("BR-IC-12")


def _check_nothing_else_is_taxed(taxes: _Taxes, report: Report) -> None:
    if any(one.text("ID") != "O" and is_vat(one) for _, one in taxes.breakdown):
        report("BR-O-11")
    if any(one.text("ID") != "O" and is_vat(one) for one in taxes.items):
        report("BR-O-12")
    for kind, rule in ((ALLOWANCE, "BR-O-13"), (CHARGE, "BR-O-14")):
        others = (one for allowance, one in taxes.allowances if kind_of(allowance) == kind)
        if any(one.text("ID") != "O" and is_vat(one) for one in others):
            report(rule)


def _check_split_payment(taxes: _Taxes, report: Report) -> None:
    countries = {one.text("IdentificationCode") for one in taxes.document.all("Country")}
    if countries - {"IT"}:
        report("BR-B-01")
    if "S" in taxes.codes:
        report("BR-B-02")
