"""Documents (文件): kept, opened, sealed, delivered."""

from yingshang.kernel.registry import Capability, Daily, Strict

CAPABILITY = Capability(
    name="documents",
    title="文件",
    actions={
        "documents.open": "打开文件",
        "documents.seal": "给文件盖电子印章",
        "documents.deliver": "送达文件",
        "documents.sign_for": "签收文件",
        "documents.open_sealed": "打开密封类材料",
    },
    ledger={
        "documents.kept": "收存了一份文件",
        "documents.opened": "打开了一份文件",
        "documents.delivered": Strict("以“{channel}”方式送达了一份文件"),
        "documents.signed_for": Strict("签收了一份文件"),
        "documents.seal_applied": Strict("给一份文件盖了“{signer}”"),
        "documents.kept_sealed": Strict("收存了一份密封类材料"),
        "documents.opened_sealed": "打开了一份密封类材料",
    },
    jobs=[Daily("documents.sweep", run="yingshang.kernel.documents.jobs.sweep", at="03:40")],
)
