"""County data on disk: YAML checked against a schema, with errors that name the line.

A legal officer edits these files; the complaint says which file and line, what
was found, what was expected and the nearest valid name.
"""

from yingshang.methods.county_files.codes import Code, Codes, read_codes
from yingshang.methods.county_files.problem import DataProblem, nearest, nearest_in_chinese
from yingshang.methods.county_files.reader import CountyFile, plain, read, read_folder

__all__ = [
    "Code",
    "Codes",
    "CountyFile",
    "DataProblem",
    "nearest",
    "nearest_in_chinese",
    "plain",
    "read",
    "read_codes",
    "read_folder",
]
