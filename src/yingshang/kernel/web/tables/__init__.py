"""Tables declared once: on the page, out as a workbook, in from a workbook."""

from yingshang.kernel.web.tables.declare import Column, Table, table
from yingshang.kernel.web.tables.sheet_door import SheetDoor
from yingshang.kernel.web.tables.sheet_in import Fault, Wanted
from yingshang.kernel.web.tables.sheet_out import xlsx_out
from yingshang.kernel.web.tables.workbook_in import rows_of

__all__ = ["Column", "Fault", "SheetDoor", "Table", "Wanted", "rows_of", "table", "xlsx_out"]
