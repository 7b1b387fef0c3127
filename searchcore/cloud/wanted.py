"""What is made on AWS, in words and in dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from searchcore.cloud import Generation, Model
from searchcore.embedders.nova import MODEL as NOVA
from searchcore.embedders.titan import MODEL as TITAN

OCU_HOUR: Final = 0.24
"""US dollars for an hour of an OpenSearch compute unit (us-east-1)."""
LEAST_CLASSIC: Final = 1
"""Units that Classic bills around the clock: half a one for loading, half a one for searching."""
MOST_NEXTGEN: Final = 4
"""Units that the template lets NextGen grow to."""
HOURS_A_MONTH: Final = 730
MODELS: Final[Mapping[Model, str]] = {"titan": TITAN, "nova": NOVA}
REGIONS: Final[Mapping[Model, frozenset[str]]] = {
    "titan": frozenset({"us-east-1", "us-west-2", "ap-south-1", "ap-southeast-2", "eu-west-1", "eu-west-3"}),
    "nova": frozenset({"us-east-1"}),
}
"""Where a model was seen to be offered; it may be offered elsewhere by now."""

RESOURCES: Final[Mapping[str, str]] = {
    "Bucket": "a private, encrypted bucket for the pictures",
    "BucketPolicy": "its policy: encrypted connections only",
    "EncryptionPolicy": "the collection's encryption policy",
    "NetworkPolicy": "the collection's network policy: reached from anywhere, by signed requests alone",
    "CollectionGroup": "a collection group, which bounds what the collection may cost",
    "Collection": "a collection of OpenSearch Serverless for the vectors",
    "AccessPolicy": "the collection's data access policy: the app reads, the loader writes",
    "SearchPolicy": "an IAM policy for searching",
    "AppRole": "an IAM role for the app",
    "BatchRole": "an IAM role for Bedrock's batch jobs",
    "LoaderRole": "an IAM role for loading catalogues",
}
"""The template's resources; a test compares them."""
HOLDING: Final = frozenset({"Bucket", "Collection"})
"""Those that hold what was loaded."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say what to make; `service` is the AWS service that the app runs on, empty where it is none."""

    name: str = "loupe"
    generation: Generation = "nextgen"
    model: Model = "titan"
    standby: bool = False
    service: str = ""

    @property
    def resources(self) -> list[str]:
        """The resources of the stack, in the order in which they are named."""
        return [each for each in RESOURCES if each != "CollectionGroup" or self.generation == "nextgen"]

    @property
    def cost(self) -> str:
        """What it costs an hour, about, in a sentence."""
        copies = 2 if self.standby else 1
        if self.generation == "nextgen":
            most = MOST_NEXTGEN * OCU_HOUR * copies
            return f"About nothing an hour while nobody searches, at most ${most:.2f} an hour while it works."
        hour = LEAST_CLASSIC * OCU_HOUR * copies
        return f"About ${hour:.2f} an hour, searched or not: ${hour * HOURS_A_MONTH:.0f} a month."

    def parameters(self, person: str) -> dict[str, str]:
        """Return the template's parameters; `person` is the ARN of who may load beside the roles."""
        return {
            "Name": self.name,
            "Generation": self.generation.upper(),
            "Standby": "ENABLED" if self.standby else "DISABLED",
            "Model": MODELS[self.model],
            "Person": person,
            "TrustedService": self.service,
        }

    def doubt(self, region: str) -> str:
        """Return a sentence where the model may not be offered in the region, empty otherwise."""
        known = REGIONS[self.model]
        if region in known:
            return ""
        return f"{MODELS[self.model]} is not known to be offered in {region}; it is in {', '.join(sorted(known))}."
