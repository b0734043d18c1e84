"""What is learnt of a site once and then known: queues, form fields, the rating for "it works"."""

import anyio

from tracker.desks.rt import wire
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.site_client import SiteClient
from tracker.desks.safetext import safe_line, safe_text
from tracker.model.catalogue import FieldKind, FormField, Service
from tracker.model.errors import CommandRejected, UnexpectedAnswer

_KINDS = {
    "Freeform": FieldKind.TEXT,
    "Text": FieldKind.MULTILINE,
    "Wikitext": FieldKind.MULTILINE,
    "HTML": FieldKind.MULTILINE,
    "Select": FieldKind.CHOICE,
    "Combobox": FieldKind.TEXT,
    "Autocomplete": FieldKind.TEXT,
    "Date": FieldKind.DATE,
}


class Knowledge:
    """Asks when first needed. `learn` asks anew."""

    def __init__(self, client: SiteClient, site: RtSite) -> None:
        self._client = client
        self._site = site
        self._queues: dict[int, str] | None = None
        self._services: tuple[Service, ...] = ()
        self._fields: dict[str, wire.CustomField] = {}
        self._seen_fields: set[str] = set()
        self._learning = anyio.Lock()

    @property
    def fields_seen(self) -> frozenset[str]:
        """The names of the custom fields that the offered queues have."""
        return frozenset(self._seen_fields)

    async def queues(self) -> dict[int, str]:
        """Name the queues this person sees, by RT's numbers."""
        if self._queues is None:
            await self.learn()
        return self._queues or {}

    async def services(self) -> tuple[Service, ...]:
        """List what can be asked for: a service for each queue that takes requests from this person."""
        if self._queues is None:
            await self.learn()
        return self._services

    async def works_value(self) -> str:
        """Give the rating that says "it works": the configured one, else the highest the field offers."""
        if self._site.works_value:
            return self._site.works_value
        choices = await self.choices(self._site.fields.rating)
        return choices[-1] if choices else ""

    async def choices(self, name: str) -> tuple[str, ...]:
        """Give what may be chosen in a field, by its name."""
        await self.queues()
        field = self._fields.get(name)
        return _choices(field) if field else ()

    async def learn(self) -> None:
        """Ask for the queues and their custom fields."""
        async with self._learning:
            listed = await self._client.queues()
            queues = {wire.number(queue.id): safe_line(queue.name) for queue in listed}
            wanted = self._site.queues
            offered = [queue for queue in listed if not wanted or queue.name in wanted]
            services: list[Service] = []
            for queue in offered:
                service = await self._service(queue)
                if service is not None:
                    services.append(service)
            self._services, self._queues = tuple(services), queues

    async def _service(self, listed: wire.Queue) -> Service | None:
        queue = await self._client.queue(str(listed.id))
        # RT links "create" only where this person may create.
        if queue.links and not any(link.ref == "create" for link in queue.links):
            return None
        refs = queue.ticket_custom_fields
        names = [] if isinstance(refs, str) else refs
        form: list[FormField] = []
        for ref in names:
            self._seen_fields.add(ref.name)
            field = await self._field(ref)
            if field is not None and ref.name not in self._site.fields.special():
                form.append(_form_field(field))
        return Service(
            id=str(listed.id),
            name=safe_line(listed.name),
            description=safe_text(listed.description or "", 2000).text,
            fields=tuple(form),
        )

    async def _field(self, ref: wire.FieldRef) -> wire.CustomField | None:
        if ref.name not in self._fields:
            try:
                self._fields[ref.name] = await self._client.custom_field(str(ref.id))
            except (CommandRejected, UnexpectedAnswer):
                return None  # visible by name only; then it is no question we can ask
        field = self._fields[ref.name]
        return field if field.type in _KINDS and wire.number(field.max_values) == 1 else None


def _form_field(field: wire.CustomField) -> FormField:
    hint = safe_line(field.entry_hint or "")
    return FormField(
        id=field.name,
        label=safe_line(field.name),
        kind=_KINDS[field.type],
        # RT's pattern for "anything but nothing" is "(?#Mandatory)." (RT_Config.pm).
        required="Mandatory" in (field.pattern or ""),
        choices=_choices(field),
        help="" if hint.startswith(("Enter one", "Select one", "Select date", "Fill in")) else hint,
    )


def _choices(field: wire.CustomField) -> tuple[str, ...]:
    """Give the values to choose from; RT names them plainly or as objects, by its version."""
    found: list[str] = []
    for value in field.values:
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str | int) and name != "":
            found.append(str(name))
    return tuple(found)
