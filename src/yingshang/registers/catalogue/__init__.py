"""Service items (政务服务事项): what the county does for people, version by version.

Plan items: 3, 10, 13, 23. Owns the words: basic item, item, version, content,
situation, delegation, one-seal transfer, zone trial, practice, adoption.
"""
