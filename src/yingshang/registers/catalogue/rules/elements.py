"""The content of a service item (事项): one shape in files, on screens, in workbooks and in the database.

The elements are those of GB/T 39046—2020, 事项管理; the codes (``level``,
``applicants``, ``channels`` …) are rows of its appendix A, kept with their
source in ``counties/_national/catalogue/codes.yaml``. ``docs/capabilities/catalogue.md``
shows a whole file. Everything left out has the default written beside it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SECTIONS = {
    "basics": "基本信息",
    "where": "在哪里办、找谁问",
    "conditions": "受理条件",
    "limits": "办理时限",
    "materials": "申请材料",
    "situations": "情形问题",
    "steps": "办理环节",
    "special": "特别程序",
    "choices": "办理方式",
    "fees": "收费",
    "faq": "常见问题",
    "form": "申请表",
}
"""The parts of a content, in the order people fill them in."""

Applies = Mapping[str, tuple[str, ...]]
"""question → the answers to which something applies; empty: always. All questions named must fit."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong. path: ``materials[2].title``. what: what is so. remedy: what to do.

    rule: the text that says so. code: which check found it, see docs/capabilities/catalogue.md.
    """

    path: str
    what: str
    remedy: str = ""
    rule: str = ""
    code: str = "not_complete"

    @property
    def section(self) -> str:
        """The part of the content in which to mend it."""
        return self.path.partition(".")[0].partition("[")[0]

    def __str__(self) -> str:
        return f"{self.path}：{self.what}{self.remedy}"


class Unreadable(ValueError):
    """A content that has not the shape of one; ``faults`` names every place at once."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True)
class Basis:
    """A text that the item rests on (设定依据). edition: ISO date, None while nobody has confirmed it."""

    key: str
    text: str
    edition: str | None = None
    todo: str = ""
    url: str = ""


@dataclass(frozen=True)
class Exemption:
    """Who or what needs no such license (不需办理的情形), and by which text: ``basis`` is a key of ``bases``."""

    title: str
    basis: str


@dataclass(frozen=True)
class Result:
    """What the applicant gets (结果). credential: the kind of license that ``credentials`` issues; empty: none."""

    title: str = ""
    kind: str = ""
    credential: str = ""
    valid: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Basics:
    """What the item is. kind: license, filing, confirmation, benefit, reward, ruling, levy, service, other.

    basis: keys of ``bases`` by which the item exists. reform_class: one of the
    four classes of 证照分离, for licenses that enterprises need. merged_with:
    licenses joined into one with it (多证合一).
    """

    title: str = ""
    short_title: str = ""
    names: tuple[str, ...] = ()
    kind: str = "other"
    summary: str = ""
    bases: tuple[Basis, ...] = ()
    basis: tuple[str, ...] = ()
    level: str = "4"
    power_source: str = "1"
    authority: str = ""
    exercised: str = ""
    quantity_limit: str = ""
    applicants: tuple[str, ...] = ()
    person_themes: tuple[str, ...] = ()
    enterprise_themes: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    reform_class: str = ""
    merged_with: tuple[str, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    result: Result = field(default_factory=Result)
    local_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A window where it can be done."""

    name: str
    address: str = ""
    hours: str = ""
    window: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Intermediary:
    """A service of a third party that a text demands (中介服务). paid_by: ``agency`` or ``applicant``."""

    title: str
    basis: str
    paid_by: str = "agency"


@dataclass(frozen=True)
class Where:
    """Where and how it can be done. visits: how often the applicant must come (到办事现场次数); 0: all online."""

    nature: str = "1"
    handled_by: str = ""
    joint_units: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    consult: str = ""
    complain: str = ""
    channels: tuple[str, ...] = ("1",)
    across: tuple[str, ...] = ()
    online_depth: tuple[str, ...] = ()
    online_address: str = ""
    system_level: str = ""
    visits: int = 1
    visit_reason: str = ""
    appointment: bool = False
    online_payment: bool = False
    courier: bool = False
    in_hall: bool = True
    intermediaries: tuple[Intermediary, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One condition of acceptance (受理条件); ``basis`` is a key of ``bases``."""

    title: str
    basis: str = ""


@dataclass(frozen=True)
class Limit:
    """How long it may take. unit: ``wd`` working days, ``d`` days, ``h`` hours, ``m`` months.

    limit: code of the county's or nation's limit that sets it (``LIC.DECIDE``),
    where there is one. basis: a key of ``bases`` or the name of the document.
    """

    days: int
    unit: str = "wd"
    limit: str = ""
    basis: str = ""
    note: str = ""


@dataclass(frozen=True)
class Limits:
    """Statutory and committed limit (法定时限、承诺时限); None: not written yet, or none exists."""

    statutory: Limit | None = None
    committed: Limit | None = None


@dataclass(frozen=True)
class MaterialForm:
    """How many on paper; electronic: a file will do."""

    original: int = 0
    copy: int = 0
    electronic: bool = True


@dataclass(frozen=True)
class Material:
    """A paper that is asked for (申请材料).

    source_kind: ``self`` written by the applicant, ``issued`` by ``issuer``,
    ``shared`` fetched by the office, ``generated`` from the form.
    tolerable_days: working days by which it may come later; None: not later.
    commit_allowed: a written promise of ``commit_text`` will do (告知承诺).
    certificate: code of the list 证明事项清单 when the paper proves something.
    held: what the county may hold already (``credential:business-license``).
    basis: a key of ``bases``.
    """

    key: str
    title: str
    source_kind: str = "self"
    issuer: str = ""
    form: MaterialForm = field(default_factory=MaterialForm)
    required: bool = True
    tolerable_days: int | None = None
    commit_allowed: bool = False
    commit_text: str = ""
    certificate: str | None = None
    held: str = ""
    applies: Applies = field(default_factory=dict)
    template: str = ""
    sample: str = ""
    standard: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer to a question of a situation."""

    key: str
    title: str


@dataclass(frozen=True)
class Situation:
    """A question that decides which materials apply (情形); asked only where ``applies`` fits the earlier answers."""

    key: str
    title: str
    answers: tuple[Answer, ...]
    hint: str = ""
    applies: Applies = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step of the handling (办理环节). unit: code, empty for the item's own; post: code of ``posts.yaml``.

    days: working days inside the committed limit; 0: at once. visit: the applicant must be there.
    """

    key: str
    title: str
    unit: str = ""
    post: str = "reviewer"
    days: int = 0
    basis: str = ""
    visit: bool = False
    note: str = ""


@dataclass(frozen=True)
class Special:
    """A special procedure whose time does not count (特别程序, 《行政许可法》第四十五条). kind: code of A.7."""

    key: str
    title: str
    kind: str = "2"
    days: int = 0
    basis: str = ""
    note: str = ""


@dataclass(frozen=True)
class Extension:
    """One lengthening, approved by a person in the post ``approved_by``. limit: its code, ``LIC.DECIDE.EXTENSION``."""

    limit: str = ""
    days: int = 0
    basis: str = ""
    approved_by: str = "unit-head"


@dataclass(frozen=True)
class Choices:
    """How the procedure runs.

    instant: decided on the spot (即办件). tolerant: acceptance with materials
    pending, of those that have ``tolerable_days``. commitment: ``certificates``
    (single materials may be promised) or ``license`` (decided at once on a
    promise, checked within ``commitment_check_days`` working days).
    letter_in_lieu: a letter of the office stands in for the license (以函代证).
    """

    instant: bool = False
    tolerant: bool = False
    commitment: str = "none"
    commitment_text: str = ""
    commitment_check_days: int = 0
    commitment_basis: str = ""
    letter_in_lieu: bool = False
    letter_text: str = ""
    extension: Extension | None = None


@dataclass(frozen=True)
class Fee:
    """A row of the county's fee list that is charged."""

    row: str
    note: str = ""
    applies: Applies = field(default_factory=dict)


@dataclass(frozen=True)
class Faq:
    """A question people ask, and the answer."""

    ask: str
    answer: str


@dataclass(frozen=True)
class Content:
    """A whole item. form: the JSON Schema of the application, as ``kernel.forms`` reads it; empty: no form."""

    basics: Basics = field(default_factory=Basics)
    where: Where = field(default_factory=Where)
    conditions: tuple[Condition, ...] = ()
    limits: Limits = field(default_factory=Limits)
    materials: tuple[Material, ...] = ()
    situations: tuple[Situation, ...] = ()
    steps: tuple[Step, ...] = ()
    special: tuple[Special, ...] = ()
    choices: Choices = field(default_factory=Choices)
    fees: tuple[Fee, ...] = ()
    faq: tuple[Faq, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name of the item."""
        return self.basics.title

    @property
    def kind(self) -> str:
        """license, filing, confirmation …"""
        return self.basics.kind

    def basis_text(self, key: str) -> str:
        """Return the text behind a key of ``bases``; what is no key is a text by itself."""
        return next((basis.text for basis in self.basics.bases if basis.key == key), key)
