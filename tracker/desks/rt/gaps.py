"""Where a site's map and what this person sees of the site do not fit."""

from collections.abc import Collection

from tracker.desks.rt.knowledge import Knowledge
from tracker.desks.rt.site import RtSite
from tracker.desks.safetext import safe_line


async def gaps_of(site: RtSite, knowledge: Knowledge, unmapped: Collection[str]) -> tuple[str, ...]:
    """Say so in sentences; `unmapped`: statuses that came and are not in the map."""
    seen = knowledge.fields_seen
    gaps = [
        f"The field “{name}” is not there, or you may not see it."
        for key, name in site.fields.items()
        if name and f"field.{key}" in site.chosen and name not in seen
    ]
    queues = set((await knowledge.queues()).values())
    gaps += [
        f"The queue “{name}” is not there, or you may not see it."
        for name in site.queues
        if name not in queues
    ]
    if not await knowledge.services():
        gaps.append("No queue takes requests from you.")
    gaps += [
        f"The status “{safe_line(word, 60)}” is not in the map, so it is shown as being worked on."
        for word in sorted(unmapped)
    ]
    return tuple(gaps)
