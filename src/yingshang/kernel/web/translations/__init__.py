"""English beside Chinese, without the gettext programs: gather, read, compile."""

from yingshang.kernel.web.translations.catalogue import Message, compiled, parse, printed
from yingshang.kernel.web.translations.gathering import messages_in

__all__ = ["Message", "compiled", "messages_in", "parse", "printed"]
