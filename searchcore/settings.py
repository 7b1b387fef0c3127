"""Settings: built-in defaults, then `loupe.toml`, then the environment (`LOUPE_*`), the later the stronger."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from searchcore.errors import PipelineRefused

CONFIG_FILE = "loupe.toml"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
"""A name that is also the name of a file."""


class Part(BaseModel):
    """Choose one implementation: its kind, and the options that this kind takes."""

    model_config = ConfigDict(frozen=True, extra="allow")

    kind: str

    @model_validator(mode="before")
    @classmethod
    def _kind_alone(cls, value: Any) -> Any:
        return {"kind": value} if isinstance(value, str) else value

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class PipelineSettings(BaseModel):
    """Choose the parts of one pipeline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    detector: Part = Field(Part(kind="local"), description="Finds the objects in a photo.")
    embedder: Part = Field(Part(kind="local"), description="Turns a picture into a vector.")
    index: Part = Field(Part(kind="sqlite"), description="Holds the products and finds the nearest.")
    images: Part = Field(Part(kind="folder"), description="Holds the pictures.")


class Settings(BaseSettings):
    """Hold every setting of the engine and the app."""

    model_config = SettingsConfigDict(
        env_prefix="LOUPE_", env_nested_delimiter="__", toml_file=CONFIG_FILE, frozen=True, extra="forbid"
    )

    data_dir: Path = Field(Path(".loupe"), description="Everything written at run time lives here.")
    default_pipeline: str = Field("local", description="The pipeline that the app opens with.")
    catalogue: Name = Field("sample", description="The catalogue that is searched.")
    web_pictures: bool = Field(
        False, description="Fetch pictures that a product list names by web address; public addresses alone."
    )
    server_sources: bool = Field(
        False,
        description="Let every visitor load, and so see, what the server can read: its folders and S3 prefixes.",
    )
    pipelines: dict[Name, PipelineSettings] = Field(
        default_factory=dict, description="Named pipelines; `local` is built in and can be changed here."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=config_file())

    def pipeline(self, name: str) -> PipelineSettings:
        """Return a pipeline's parts; raises PipelineRefused for an unknown name."""
        known = {"local": PipelineSettings(), **self.pipelines}
        if name not in known:
            raise PipelineRefused(
                f"There is no pipeline “{name}”.",
                f"Choose one of: {', '.join(known)}; or add [pipelines.{name}] to {CONFIG_FILE}.",
            )
        return known[name]

    def on(self, catalogue: str) -> Settings:
        """Return these settings with another catalogue chosen; raises PipelineRefused for a name it cannot have."""
        try:
            name = TypeAdapter(Name).validate_python(catalogue)
        except ValidationError as error:
            raise PipelineRefused(
                f"A catalogue cannot be called “{catalogue[:60]}”.",
                "Use small letters, digits, - and _, at most 63, a letter or digit first.",
            ) from error
        return self.model_copy(update={"catalogue": name})

    @property
    def catalogue_dir(self) -> Path:
        """The folder that holds the chosen catalogue's indexes and pictures."""
        return self.data_dir / "catalogues" / self.catalogue

    @property
    def pipeline_names(self) -> tuple[str, ...]:
        return tuple({"local": None, **self.pipelines})


def config_file() -> Path:
    """Return where `loupe.toml` is: in the working folder, or where LOUPE_CONFIG says."""
    return Path(os.environ.get("LOUPE_CONFIG", CONFIG_FILE))


def load_settings() -> Settings:
    """Read the settings; raises PipelineRefused naming the first setting that is wrong."""
    file = config_file()
    if "LOUPE_CONFIG" in os.environ and not file.is_file():
        raise PipelineRefused(f"LOUPE_CONFIG names {file}, where there is no file.", "Correct LOUPE_CONFIG.")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        wrong = f"There is no setting {where}."
        if first["type"] != "extra_forbidden":
            wrong = f"The setting {where} is wrong: {first['msg'].removeprefix('Value error, ')}."
        raise PipelineRefused(wrong, f"Correct it in {file} or in the environment (LOUPE_*).") from error
    except tomllib.TOMLDecodeError as error:
        raise PipelineRefused(f"{file} is no valid TOML: {error}.", "Correct that line.") from error
    except SettingsError as error:
        raise PipelineRefused(
            f"A LOUPE_* variable of the environment cannot be read: {error}.",
            "Name one part as in LOUPE_PIPELINES__LOCAL__EMBEDDER__KIND=local.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineRefused(
            f"{file} cannot be read as UTF-8 text.", "Save it as UTF-8 and allow reading it."
        ) from error
