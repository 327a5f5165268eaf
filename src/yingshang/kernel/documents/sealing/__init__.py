"""Electronic seals (电子签章) on PDF files, made by a process of its own.

The web process sends a whole PDF and gets it back sealed; only the signing
process reads the key. ``Signer`` is the port: a national-algorithm device
(SM2, GB/T 38540) takes the place of the test signer behind the same method.
"""

from yingshang.kernel.documents.sealing.client import Sealed, Signer, SocketSigner
from yingshang.kernel.documents.sealing.verification import SealCheck, check

__all__ = ["SealCheck", "Sealed", "Signer", "SocketSigner", "check"]
