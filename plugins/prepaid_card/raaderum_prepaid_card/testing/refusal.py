"""A definite no of the stand-in, in the form of Stripe's errors."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An error that Stripe would answer with."""

    def __init__(
        self, code: str, param: str | None = None, *, status: int = 400, kind: str = "invalid_request_error"
    ) -> None:
        super().__init__(code)
        self.code = code
        self.param = param
        self.status = status
        self.kind = kind

    def as_body(self) -> dict[str, Any]:
        """Return the error as it is sent."""
        body = {"type": self.kind, "code": self.code, "message": f"The stand-in says {self.code}."}
        return {"error": body if self.param is None else body | {"param": self.param}}
