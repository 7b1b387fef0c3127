"""What kinds of OpenSearch there are, and what each of them can and cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from searchcore.errors import PipelineRefused

Service = Literal["aoss", "es", ""]


@dataclass(frozen=True, slots=True)
class Profile:
    """Describe one kind: `service` signs requests, an empty `engine` leaves the choice to the service.

    `visible_after` is how many seconds what was written may stay invisible where nothing can refresh it.
    """

    name: str
    service: Service
    engine: str
    space: str
    own_ids: bool = True
    refreshes: bool = True
    visible_after: float = 0.0
    compression: str = ""

    @property
    def serverless(self) -> bool:
        return self.service == "aoss"

    @property
    def note(self) -> str:
        """What to know about when changes show; empty where they show at once."""
        if not self.visible_after:
            return ""
        wait = "a minute" if self.visible_after >= 60 else f"{self.visible_after:.0f} seconds"
        return f"What is loaded becomes visible in about {wait}."


# Classic runs 2.17: its default engine is nmslib, and its faiss has no cosinesimil. NextGen chooses its engine itself
# and compresses 32-fold unless told otherwise. Elsewhere Lucene filters exactly and needs no native library.
PROFILES: Final[Mapping[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile("serverless-classic", "aoss", "faiss", "innerproduct", own_ids=False, refreshes=False,
                visible_after=60.0),
        Profile("serverless-nextgen", "aoss", "", "cosinesimil", refreshes=False, visible_after=10.0, compression="1x"),
        Profile("domain", "es", "lucene", "cosinesimil"),
        Profile("self-managed", "", "lucene", "cosinesimil"),
    )
}  # fmt: skip


def profile_named(name: str) -> Profile:
    """Return a profile; raises PipelineRefused for an unknown name."""
    if name not in PROFILES:
        raise PipelineRefused(
            f"There is no OpenSearch profile “{name}”.", f"Choose one of: {', '.join(PROFILES)}; set it as `profile`."
        )
    return PROFILES[name]
