"""What a target says is shown to people: where it repeats a secret that it was given, the secret is hidden."""

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from backend.domain.errors import Params
from backend.domain.monitoring.collector import CheckFailed, Credential, Phase, Reading, Sample

HIDDEN = "•••"
SHORTEST = 4  # of fewer letters a text is full of by chance
CUT = 6


class Scrubber:
    """Hides the secrets of one credential, in every form in which they travel."""

    def __init__(self, credential: Credential) -> None:
        self._forms = tuple(sorted(_forms(credential), key=len, reverse=True))
        starts = "|".join(re.escape(form[:CUT]) for form in self._forms)
        self._any = re.compile(starts) if starts else None

    def text(self, text: str) -> str:
        """A text without them; one that was cut in the middle of a secret loses that end too."""
        if self._any is None or not self._any.search(text):
            return text
        for form in self._forms:
            text = text.replace(form, HIDDEN)
            for length in range(min(len(form) - 1, len(text)), CUT - 1, -1):
                if text.endswith(form[:length]):
                    text = text[:-length] + HIDDEN
                    break
        return text

    def failed(self, failed: CheckFailed) -> CheckFailed:
        """A failure without them."""
        params: Params = {
            name: self.text(value) if isinstance(value, str) else value for name, value in failed.params.items()
        }
        text = self.text(failed.text)
        return CheckFailed(failed.code, text, phase=failed.phase, params=params, final=failed.final)

    def reading(self, reading: Reading) -> Reading:
        """A reading without them in facts, labels and phases."""
        return replace(
            reading,
            samples=tuple(self._sample(each) for each in reading.samples),
            phases=self.phases(reading.phases),
            facts=self._texts(reading.facts),
        )

    def phases(self, phases: Iterable[Phase]) -> tuple[Phase, ...]:
        """Phases without them in their details."""
        return tuple(replace(each, detail=self.text(each.detail)) if each.detail else each for each in phases)

    def _sample(self, sample: Sample) -> Sample:
        return replace(sample, labels=self._texts(sample.labels)) if sample.labels else sample

    def _texts(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self.text(value) for name, value in texts.items()}


def _forms(credential: Credential) -> set[str]:
    plain = {value for value in credential.secrets.values() if len(value) >= SHORTEST}
    pairs = {f"{credential.username}:{value}" for value in plain}
    coded = {base64.b64encode(each.encode("utf-8", "replace")).decode() for each in plain | pairs}
    return plain | coded | {quote(value, safe="") for value in plain}
