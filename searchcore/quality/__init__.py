"""Quality: judged queries, the measures of the field, and how a pipeline does by them."""

from searchcore.quality.evaluation import Evaluation, Mean, QueryScores, evaluate, price_evaluated
from searchcore.quality.judgments import JudgedQuery, JudgedSet, read_judged
from searchcore.quality.measures import Measure

__all__ = [
    "Evaluation",
    "JudgedQuery",
    "JudgedSet",
    "Mean",
    "Measure",
    "QueryScores",
    "evaluate",
    "price_evaluated",
    "read_judged",
]
