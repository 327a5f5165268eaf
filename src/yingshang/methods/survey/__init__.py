"""What a sample says about everybody, and how sure one may be.

Stratified and cluster samples with finite population correction, estimates of
parts on the whole design, t intervals. No Django, no chance: who is asked is
decided by the sealed draw.
"""

from yingshang.methods.survey.design import Cluster, Design, NotEnough, Stratum
from yingshang.methods.survey.estimates import Estimate, mean, share, total, wilson
from yingshang.methods.survey.sizes import allocate, margin, sample_size

__all__ = [
    "Cluster",
    "Design",
    "Estimate",
    "NotEnough",
    "Stratum",
    "allocate",
    "margin",
    "mean",
    "sample_size",
    "share",
    "total",
    "wilson",
]
