"""What scans and chunks say to people: a code and parameters for translation, and the sentence in English."""

from dataclasses import dataclass, field

from backend.domain.errors import Param, Params

SENTENCES = {
    "app_stopped": "Lanarium stopped while this scan ran: {done} of {total} chunks are done."
    " Hosts found so far are kept; resume the scan for the rest.",
    "app_stopped_goes_on": "Lanarium stopped while this scan ran: {done} of {total} chunks are done."
    " It goes on by itself; what is finished is not asked again.",
    "paused_by_person": "Paused by {name}: {done} of {total} chunks are done. Resume it for the rest.",
    "paused_by_blackout": "Paused by the blackout window {name} until {until}; it goes on by itself then.",
    "stopped_by_person": "Stopped by {name}: {done} of {total} chunks are done. Hosts found so far are kept.",
    "nmap_missing": "nmap is not installed on this machine: {done} of {total} chunks are done."
    " Install it (`apt install nmap`), then resume the scan.",
    "helper_gone": "The scan helper cannot be reached: {done} of {total} chunks are done."
    " `lanarium doctor` says what is wrong; resume the scan when the helper runs.",
    "targets_parked": "Finished. {parked} difficult addresses were put aside; the rest is complete.",
    "chunks_incomplete": "{done} of {total} chunks are done; {hosts} hosts were found."
    " Resume the scan for the rest.",
    "nothing_done": "None of the {total} chunks could be finished ({cause}). Resume the scan to try again.",
    "chunk_interrupted": "Lanarium stopped while this chunk ran; {hosts_done} hosts of it are kept.",
    "import_done": "{hosts} hosts were taken in from a report that was written elsewhere.",
    "import_outside": "{outside} of the addresses are in no network that may be scanned ({first} for one)."
    " They are kept as evidence; Lanarium does not ask them anything.",
    "chunk_paused": "Paused; {hosts_done} of {targets} hosts of this chunk are finished and kept.",
    "chunk_again": "{reason}: {hosts_done} of {targets} hosts of this chunk are kept; the others are asked again.",
    "chunk_split": "{reason}: {hosts_done} hosts are kept here; the other {missing} went to chunks {into}.",
    "chunk_split_by_person": "{hosts_done} hosts are kept here; the other {missing} went to chunks {into}.",
    "chunk_parked": "{reason}. {address} is put aside as difficult after {attempts} attempts; the scan goes on.",
    "target_timed_out": "{address} took longer than {seconds} s and was put aside; the scan goes on.",
    "target_tarpit": "{address} looks like a tarpit: {ports} open ports that all answer alike."
    " It was put aside, and none of its ports was added to the inventory.",
    "helper_waiting": "The scan helper cannot be reached; the scan waits for it, up to {minutes} minutes.",
    "helper_back": "The scan helper is back after {seconds} s; the scan goes on.",
    "scan_futile": "{attempts} attempts in a row ended without a single host ({cause}): {done} of {total} chunks"
    " are done. Resume the scan when that is mended.",
    "chunk_stopped": "Stopped; {hosts_done} of {targets} hosts of this chunk are kept.",
    "chunk_partial": "{hosts_done} of {targets} hosts of this chunk are kept. {reason}",
    "chunk_out_of_scope": "{range} may no longer be scanned: its network was removed from the allowed ones.",
    "chunk_error": "This chunk ended with an error inside Lanarium ({error}); the log knows more.",
    "scan_error": "The scan ended with an error inside Lanarium after {done} of {total} chunks;"
    " the log knows more. Resume it for the rest.",
    "artifact_disk_full": "Finished, but the disk is full: a result file is incomplete. The hosts are all stored.",
    "storage_away": "Storage is away since {since}. Nothing is lost: results wait in memory,"
    " and nmap waits when it is full.",
    "storage_back": "Storage is back after {seconds} s; everything that waited is stored.",
    "host_not_stored": "The result of {address} could not be stored; the files of the chunk hold it.",
}


@dataclass(frozen=True, slots=True)
class Message:
    """Something a person reads: `code` and `params` to translate it, `text` in English."""

    code: str
    params: Params = field(default_factory=dict)
    text: str = ""

    @classmethod
    def of(cls, code: str, **params: Param) -> "Message":
        """The message with that code; its sentence comes from the table."""
        return cls(code, params, SENTENCES[code].format(**params))
