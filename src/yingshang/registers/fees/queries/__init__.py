"""Reads, each with a fixed number of queries."""

from yingshang.registers.fees.queries.listed import current_edition, fee_row, fee_rows, last_row_before, newest_edition

__all__ = ["current_edition", "fee_row", "fee_rows", "last_row_before", "newest_edition"]
