"""Who may open, seal, deliver and sign for documents."""

from __future__ import annotations

from django.db.models import QuerySet

from yingshang.kernel.access import policy, visibility
from yingshang.kernel.documents.models import Delivery, Document
from yingshang.kernel.documents.queries import openable
from yingshang.kernel.errors import Refusal
from yingshang.kernel.parties import Actor


@policy("documents.open", zh="文件写明的阅读范围内的人，以及送达的对象。")
def may_open(actor: Actor, document: Document) -> Refusal | None:
    """Whoever the document's audience names, and whoever it was delivered to."""
    if openable(actor).filter(pk=document.pk).exists():
        return None
    return Refusal(
        "documents.not_yours", "这份文件不对您开放。", "如果您是当事人，请登录后再看；工作需要请联系主办单位。"
    )


@visibility("documents.open")
def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Return the documents that the actor may open."""
    return openable(actor)


@policy("documents.seal", zh="保管这份文件的单位中有用印岗位的人员。")
def may_seal(actor: Actor, document: Document) -> Refusal | None:
    """A person of the unit that keeps the document who holds a post with the seal (用印岗)."""
    if document.unit is None or actor.unit != document.unit.code:
        return Refusal("documents.not_the_keeping_unit", "文件由保管它的单位盖章。", "请联系保管这份文件的单位。")
    if not actor.holds("documents.seal"):
        return Refusal("documents.no_sealing_post", "您没有用印岗位。", "请由本单位用印岗人员盖章。")
    return None


@policy("documents.deliver", zh="以保管这份文件的单位身份办理的人员。")
def may_deliver(actor: Actor, document: Document) -> Refusal | None:
    """A person acting for the unit that keeps the document."""
    if document.unit is None or actor.unit != document.unit.code:
        return Refusal("documents.not_the_keeping_unit", "文件由保管它的单位送达。", "请联系保管这份文件的单位。")
    return None


@policy("documents.sign_for", zh="收件人本人签收；书面送达的，由送达单位凭送达回证登记。")
def may_sign_for(actor: Actor, delivery: Delivery) -> Refusal | None:
    """The addressee signs; on paper channels the unit that delivered signs with the receipt (送达回证)."""
    if delivery.party and actor.party == delivery.party:
        return None
    if delivery.unit is not None and actor.unit == delivery.unit.code:
        return None
    on_paper = delivery.channel not in {Delivery.Channel.PLATFORM, Delivery.Channel.ELECTRONIC}
    keeper = delivery.document.unit
    if on_paper and keeper is not None and actor.unit == keeper.code:
        return None
    return Refusal(
        "documents.not_the_addressee", "这份文件不是送给您的，不能由您签收。", "请由收件人本人或者其代理人签收。"
    )


@policy("documents.open_sealed", zh="指定的经办人，用两种方式验证登录；谁是经办人由数据库逐行判断。")
def may_open_sealed(actor: Actor, _: object) -> Refusal | None:
    """A named handler, signed in with a second factor; who is a handler PostgreSQL decides row by row."""
    if actor.level < actor.level.SECOND_FACTOR:
        return Refusal(
            "documents.second_factor_needed",
            "密封类材料要用双重验证登录后才能打开。",
            "请用动态口令或者通行密钥重新登录。",
        )
    return None
