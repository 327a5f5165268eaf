"""Tables of surveys. What links a party to an answer is in none of them."""

from yingshang.conduct.surveys.models.asking import Survey, Terms
from yingshang.conduct.surveys.models.batch import Batch
from yingshang.conduct.surveys.models.frame import Cluster, FrameRow, Stratum
from yingshang.conduct.surveys.models.questionnaire import Questionnaire, Version
from yingshang.conduct.surveys.models.urn import Answer, Token

__all__ = ["Answer", "Batch", "Cluster", "FrameRow", "Questionnaire", "Stratum", "Survey", "Terms", "Token", "Version"]
