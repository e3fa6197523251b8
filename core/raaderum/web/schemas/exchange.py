"""Spreadsheets taken in and handed out."""

from __future__ import annotations

from marshmallow import fields

from raaderum.exchange.exports import FileFormat
from raaderum.exchange.rules import Kind
from raaderum.web.fields import Choice, WrittenText
from raaderum.web.schema import Answer, Body

_LONGEST_LIST = 500


class KindCountAnswer(Answer):
    """How the rows of one kind came out; an error counts its row once."""

    kind = Choice(Kind)
    new = fields.Integer()
    already_there = fields.Integer()
    errors = fields.Integer()


class RowErrorAnswer(Answer):
    """One thing that is wrong, where it stands, and how to mend it. The headers are row 1."""

    sheet = fields.String()
    row = fields.Integer()
    column = fields.String(metadata={"description": "Empty for a whole row."})
    reason = fields.String(metadata={"description": "In Danish."})
    reason_en = fields.String()
    remedy = fields.String(metadata={"description": "In Danish."})
    remedy_en = fields.String()


class ImportAnswer(Answer):
    """What came of a file. Where there is any error, nothing of it is saved."""

    format = fields.String(metadata={"description": "How the file was read, with its encoding."})
    dry_run = fields.Boolean()
    saved = fields.Boolean()
    counts = fields.List(fields.Nested(KindCountAnswer))
    errors = fields.List(fields.Nested(RowErrorAnswer))
    errors_left_out = fields.Integer(metadata={"description": "How many more errors there are."})


class ExportQuery(Body):
    """How a table is handed out."""

    kind = Choice(Kind, required=True)
    format = Choice(FileFormat, load_default=FileFormat.XLSX)
    columns = WrittenText(
        most=_LONGEST_LIST,
        least=0,
        load_default="",
        metadata={
            "description": "Names of columns with commas between them. "
            "Left out: all columns but the CPR number, which is handed out only where it is named."
        },
    )
