"""What each of the three separated administrators (三员) may do.

A rule of the platform and not of a county: GB/T 22239-2019, level 3, 安全管理
中心, separates system, security and audit administration. The system
administrator keeps units and posts but appoints nobody; the security
administrator appoints and grants but changes no unit; the audit administrator
reads the logs of access and does nothing else.
"""

from __future__ import annotations

POST_OF = {
    "system": "system-administrator",
    "security": "security-administrator",
    "audit": "audit-administrator",
}

ACTIONS_OF = {
    "system": frozenset(
        {
            "administration.keep_units",
            "administration.keep_posts",
        }
    ),
    "security": frozenset(
        {
            "administration.appoint",
            "administration.appoint_administrator",
            "administration.revoke_delegation",
            "administration.explain_for_others",
        }
    ),
    "audit": frozenset(
        {
            "administration.explain_for_others",
            "administration.read_access_log",
        }
    ),
}
