"""A credential profile that may be pointed elsewhere with the secret that it has."""

from backend.domain.monitoring.credentials import CredentialProfile, CredentialService, NewCredentials


class TrustingCredentials(CredentialService):
    """Keeps whatever was not given again, wherever it would now go."""

    def _merged(self, old: CredentialProfile, new: NewCredentials) -> dict[str, str]:
        given = {name: value for name, value in new.secrets.items() if value}
        return {**self._vault.open(old.uid, old.box), **given}
