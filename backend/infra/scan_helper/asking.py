"""The scan helper's naming jobs: judged, and started as a child."""

from dataclasses import replace

from backend.domain.discovery.naming import NamingJob, checked_hosts
from backend.domain.discovery.ports import Refused
from backend.domain.errors import DomainError
from backend.infra.clients.naming.codec import Unreadable, decode_job
from backend.infra.clients.naming.process import NamingChild, NamingProgram
from backend.infra.clients.own_addresses import own_addresses


async def start_asking(program: NamingProgram, data: bytes) -> NamingChild | Refused:
    """Check a job with the same rules as the app did, and start it."""
    try:
        job = sparing_ourselves(decode_job(data))
        checked_hosts(job)
        return await program.start(job)
    except Unreadable as wrong:
        return Refused("job_refused", {"reason": str(wrong)})
    except DomainError as refusal:
        code = "scope_refused" if refusal.code == "scope_refused" else "job_refused"
        return Refused(code, {"reason": refusal.detail[:500]})


def sparing_ourselves(job: NamingJob) -> NamingJob:
    """The job without this process's own addresses: in a container they are others than the application's."""
    own = frozenset(own_addresses())
    others = tuple(host for host in job.hosts if host.address not in own)
    return replace(job, hosts=others) if others else job
