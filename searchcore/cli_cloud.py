"""The commands `provision` and `teardown`: make what a pipeline needs on AWS, and remove it again."""

from __future__ import annotations

from typing import Annotated

import typer

from searchcore.cli_output import sentences
from searchcore.cloud import Generation, Model

StackName = Annotated[str, typer.Option("--name", help="Names the stack and the collection: a-z, 0-9, -; 3 to 26.")]
Called = Annotated[str, typer.Option("--pipeline", "-p", help="What the pipeline is called in loupe.toml.")]
Region = Annotated[str | None, typer.Option(help="The AWS region; without it AWS_REGION or the profile's.")]
Profile = Annotated[str | None, typer.Option(help="A profile of ~/.aws/config.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and do nothing.")]


# What calls AWS is imported by the command that does: boto3 takes a third of a second.
def provision(
    name: StackName = "loupe",
    pipeline: Called = "aws",
    region: Region = None,
    profile: Profile = None,
    generation: Annotated[Generation, typer.Option(help="Which OpenSearch Serverless.")] = "nextgen",
    embedder: Annotated[Model, typer.Option(help="Which model embeds.")] = "titan",
    standby: Annotated[bool, typer.Option("--standby", help="Keep a second copy of the collection.")] = False,
    service: Annotated[str, typer.Option(help="What the app runs on: ec2.amazonaws.com, ecs-tasks....")] = "",
    yes: Yes = False,
    dry_run: DryRun = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="With --yes: lose what a replaced resource holds.")
    ] = False,
) -> None:
    """Make what a pipeline needs on AWS, and add the pipeline to loupe.toml; shows what and its price, and asks."""
    from searchcore.aws import AwsOptions  # noqa: PLC0415
    from searchcore.cli_cloud_steps import make  # noqa: PLC0415
    from searchcore.cloud.wanted import Wanted  # noqa: PLC0415

    with sentences():
        options = AwsOptions(region=region, profile=profile)
        make(Wanted(name, generation, embedder, standby, service), pipeline, options, yes, dry_run, replace)


def teardown(
    name: StackName = "loupe",
    region: Region = None,
    profile: Profile = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Remove what `provision` made, the pictures in its bucket included, and nothing else; shows what, and asks."""
    from searchcore.aws import AwsOptions  # noqa: PLC0415
    from searchcore.cli_cloud_steps import unmake  # noqa: PLC0415

    with sentences():
        unmake(name, AwsOptions(region=region, profile=profile), yes, dry_run)
