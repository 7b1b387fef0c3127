"""Cloud: what a pipeline on AWS needs there, made and removed as one CloudFormation stack."""

from typing import Literal

Generation = Literal["nextgen", "classic"]
Model = Literal["titan", "nova"]
