"""Every setting of an installation, typed and documented; read from the environment (prefix SANTAI_)."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SANTAI_", env_file=None)

    home: Path = Field(
        Path("var"), description="Folder that holds all state: SQLite file, uploads, demo keys, static files."
    )
    database_url: str = Field(
        "", description="postgres://user:password@host:port/name; empty means SQLite inside home."
    )
    demo: bool = Field(
        False, description="Demo mode: logins are listed on the login page, one-time codes are shown on screen."
    )
    debug: bool = Field(False, description="Django debug pages. Never in production.")
    allowed_hosts: list[str] = Field(
        ["127.0.0.1", "localhost"], description="Host names the server answers to (JSON list)."
    )
    trusted_origins: list[str] = Field(
        [], description="Origins allowed to post forms when behind a TLS proxy (JSON list)."
    )
    secret_key: str = Field("", description="Signing key for sessions and forms; made and kept in home when empty.")
    data_key: str = Field(
        "",
        description="32 hex digits: SM4 key that encrypts names, phones and ID numbers; made and kept in home when empty.",
    )
    index_key: str = Field(
        "",
        description="64 hex digits: key of the blind indexes and of one-time codes; made and kept in home when empty.",
    )
    checkpoint_key: str = Field(
        "",
        description="64 hex digits: Ed25519 key that signs checkpoints of all records; made and kept in home when empty.",
    )
    secure: bool = Field(False, description="True behind TLS: secure cookies, HSTS.")
    province: str = Field("23", description="Division code prefix of the province this installation serves.")
    public_url: str = Field("http://127.0.0.1:8000", description="Address printed in QR codes and messages.")
    upload_limit_mb: int = Field(20, description="Largest file a person may hand in, in megabytes.")
    virus_scanner: str = Field(
        "",
        description="Dotted path of a function that gets an opened upload and returns the virus found, or an empty string; empty means no scan.",
    )
    ocr: bool = Field(
        True, description="Read pictures of identity cards in the worker and suggest what they say; false reads none."
    )
    text_limit: int = Field(10_000, description="Longest description of a need, in characters.")
    triage_sure: float = Field(
        0.4,
        ge=0,
        le=1,
        description="Least confidence of triage with which a need is dispatched without a person looking at its matter.",
    )
    public_rate: str = Field(
        "30/m", description="How often one address may post to a public page (django-ratelimit notation)."
    )
    search_rate: str = Field(
        "120/m", description="How often one address may search the laws (django-ratelimit notation)."
    )
    sms_adapter: str = Field(
        "santai.notices.adapters.LogAdapter",
        description="Dotted path of the class that sends text messages; the default writes masked lines to the log.",
    )
    hotline_ring_secret: str = Field(
        "",
        description="Secret with which the telephone system tells that a call rings (POST /hotline/ring); empty means it is not connected.",
    )
    model_url: str = Field(
        "",
        description="Base address of a service that speaks the OpenAI chat protocol (…/v1); empty: answers are not written by a model.",
    )
    model_name: str = Field("", description="The model to ask there.")
    model_key: str = Field("", description="Its key, when it wants one.")
    model_seconds: float = Field(8.0, description="How long to wait for it before the page is shown without.")
    live_streams: int = Field(12, description="Most live update streams one server process holds open; the rest poll.")
    log_level: str = Field("INFO", description="Least severe message written to the log.")

    def kept_secret(self, name: str, value: str, size: int) -> str:
        """The configured value, or one made once and kept in `home/keys` (readable by the owner only)."""
        if value:
            return value
        path = self.home / "keys" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_once(path, secrets.token_hex(size))
        return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Two processes that start together must end with one key: a whole file appears at once, and the first one wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)
