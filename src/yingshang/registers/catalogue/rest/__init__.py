"""The catalogue for machines."""

from yingshang.kernel.web import rest
from yingshang.registers.catalogue.rest import guides

router = rest.Router()
router.add_router("", guides.router)
