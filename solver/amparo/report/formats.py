"""The formats in which `amparo check` and `amparo lint` tell what they found."""

from typing import Literal as OneOf
from typing import get_args

Format = OneOf["full", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"]
FORMATS: tuple[str, ...] = get_args(Format)
