"""Request Tracker 5 as a `Desk`: asks for news, maps the site's words, reads back what it wrote."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, tzinfo

from tracker.desks.base import Capability, DeskConfig, DeskInfo, FileSource, Secret, SecretSource
from tracker.desks.http import DeskHttp, patience_of, tidy_url
from tracker.desks.polling import Pace
from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient
from tracker.desks.rt.confirming import Confirmer
from tracker.desks.rt.cursor import read_place
from tracker.desks.rt.finding import Finder
from tracker.desks.rt.gaps import gaps_of
from tracker.desks.rt.knowledge import Knowledge
from tracker.desks.rt.news import News
from tracker.desks.rt.notes import Note
from tracker.desks.rt.reading import Me, TicketReader
from tracker.desks.rt.sending import TEXT_LENGTH, Sender
from tracker.desks.rt.session import RtSession
from tracker.desks.rt.site import RtSite, read_site
from tracker.desks.rt.site_client import SiteClient
from tracker.desks.rt.tickets import TicketTeller
from tracker.desks.rt.wishing import Surroundings, Wisher
from tracker.desks.rt.words import split_id
from tracker.desks.safetext import safe_html, safe_line, safe_text
from tracker.desks.wish_place import as_reply
from tracker.model.attachment import Attachment
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Answer, Service
from tracker.model.command import Command, Receipt, Wish
from tracker.model.errors import CommandRejected, SignInRequired, UnexpectedAnswer
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.model.window import Slot

KIND = "rt"
NAME = "Request Tracker"

_ALWAYS = frozenset(
    {
        Capability.CREATE,
        Capability.REPLY,
        Capability.ATTACH,
        Capability.REOPEN,
        Capability.HISTORY,
        Capability.PROMISES,
        Capability.ANSWERS,
        Capability.CATALOGUE,
    }
)
_WORDS_AT_MOST = 4
_ANSWERS_AT_MOST = 20


class RtDesk:
    """One sign-in at one Request Tracker, as an ordinary unprivileged employee."""

    kind = KIND

    def __init__(self, http: DeskHttp, user: str, secret: SecretSource, site: RtSite) -> None:
        self._http = http
        self._site = site
        self._session = RtSession(http, user, secret)
        self._client = RtClient(self._session)
        self._about = SiteClient(self._session)
        self._knowledge = Knowledge(self._about, site)
        self._me: Me | None = None
        self._unmapped: set[str] = set()
        self._claimed: dict[str, str] = {}  # event -> the command whose receipt named it
        self._receipts: dict[str, Note] = {}  # event -> the wish whose receipt named it

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this site's map makes possible. Whether "it works" reaches the desk, a receipt tells."""
        found = set(_ALWAYS)
        if self._site.fields.visit:
            found.add(Capability.VISITS)
        if self._site.closed_status or self._site.fields.rating:
            found.add(Capability.CONFIRM)
        seen = self._knowledge.fields_seen
        if self._site.fields.rating in seen:
            found.add(Capability.RATE)
        if self._site.fields.call_state in seen:
            found.add(Capability.CALLS)
        if self._client.may_comment and self._site.fields.client_id in seen:
            found |= {Capability.THANKS, Capability.CHECK_INS}
        return frozenset(found)

    async def sign_in(self) -> Secret:
        """Trade the password for a session, or prove the token; gives what to keep: the secret itself."""
        secret = await self._session.sign_in()
        self._me = None
        await self._who()
        return secret

    async def check(self) -> DeskInfo:
        """Ask who we are, which version it is and whether the site's map fits it."""
        version = await self._about.version()
        self._me = None
        me = await self._who()
        await self._knowledge.learn()
        for item in (await self._client.newest(1)).items[:1]:
            await self._client.ticket(str(item.id))  # what may be done there tells of the site
        return DeskInfo(
            name=NAME,
            version=safe_line(version, 60),
            user=me.name,
            capabilities=self.capabilities,
            attachment_bytes=self._site.attachment_bytes,
            text_length=TEXT_LENGTH,
            clock_offset=self._http.clock_offset,
            gaps=await gaps_of(self._site, self._knowledge, self._unmapped),
        )

    async def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        """Tell the news by asking at `pace`; ends only by an error or by being closed."""
        me = await self._who()
        reader = TicketReader(self._site, me, str(self._http.url).rstrip("/"), self._unmapped)
        teller = TicketTeller(
            self._client, reader, self._knowledge, receipts=self._receipts, now=self._desk_now
        )
        news = News(self._client, teller, reader, pace=pace, now=self._desk_now)
        place = read_place(since, f"{me.login}@{self._http.url}")
        async for batch in news.run(place, f"{me.login}@{self._http.url}"):
            yield batch

    async def catalogue(self) -> tuple[Service, ...]:
        """List the queues that take requests, each with its form fields."""
        return await self._knowledge.services()

    async def answers(self, words: str) -> tuple[Answer, ...]:
        """Search the articles' names, summaries and bodies; the best first, the far-fetched not at all."""
        weights = {"Name": 4, "Summary": 3}
        if self._site.article_body:
            weights[f"CustomField.{{{self._site.article_body}}}"] = 1
        # RT finds parts of words too, so the short ones find everything.
        longest = sorted(set(re.findall(r"\w{3,}", words.lower())), key=lambda word: (-len(word), word))
        found: dict[str, wire.Article] = {}
        score: Counter[str] = Counter()
        for word in longest[:_WORDS_AT_MOST]:
            for field, weight in weights.items():
                for article in await self._about.articles(field, word):
                    found.setdefault(str(article.id), article)
                    score[str(article.id)] += weight
        enough = max(score.values(), default=0) / 2
        best = [key for key, points in score.most_common(_ANSWERS_AT_MOST) if points >= enough]
        return tuple(self._answer(found[key]) for key in best)

    async def slots(self, ticket: TicketId) -> tuple[Slot, ...]:
        """Offer none."""
        return ()

    async def preferences(self) -> NotifySettings | None:
        """Keep none."""
        return None

    async def keep_preferences(self, settings: NotifySettings) -> None:
        """Keep none."""

    async def send(self, command: Command, files: FileSource) -> Receipt:
        """Do it at the desk, once, and read it back."""
        me = await self._who()
        confirmer = Confirmer(self._client, self._site, self._knowledge, me.login)
        around = Surroundings(me.login, _local_zone, lambda: self._http.clock_offset)
        wisher = Wisher(self._client, self._site, self._knowledge, around)
        sender = Sender(self._client, self._site, me, confirmer=confirmer, wisher=wisher)
        fitting = as_reply(command)
        if isinstance(fitting, Receipt):
            return fitting
        receipt = await sender.carry_out(fitting, files)
        return self._claim(command, receipt)

    async def find(self, command: Command) -> Receipt | None:
        """Look whether the desk already has this command."""
        me = await self._who()
        finder = Finder(
            self._client,
            self._site,
            me.login,
            offset=lambda: self._http.clock_offset,
            claimed=self._claimed,
        )
        fitting = as_reply(command)
        if isinstance(fitting, Receipt):
            return fitting
        receipt = await finder.find(fitting)
        return self._claim(command, receipt) if receipt else None

    async def download(self, ticket: TicketId, attachment: Attachment) -> AsyncIterator[bytes]:
        """Give the file's bytes; an answer that is not the file, or only half of it, is an error."""
        place = split_id(attachment.id)
        if place is None:
            raise CommandRejected(f"The file “{safe_line(attachment.name, 80)}” is not at this desk.")
        got = 0
        async for piece in self._client.download(*place):
            got += len(piece)
            if attachment.size is not None and got > attachment.size:
                break
            yield piece
        if got == 0 or (attachment.size is not None and got != attachment.size):
            # RT answers a refusal here with 200 and nothing.
            raise UnexpectedAnswer(
                f"The file “{safe_line(attachment.name, 80)}” did not arrive whole, or you may not see it. "
                "Try again; if it fails again, ask for it in a reply."
            )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _who(self) -> Me:
        if self._me is None:
            user = await self._about.me()
            if user is None:
                raise SignInRequired(
                    f"This proof belongs to somebody else than “{safe_line(self._session.user, 60)}”. "
                    "Check the name, or use a token of your own."
                )
            login = user.name or self._session.user
            self._me = Me(login, safe_line(user.real_name or login))
        return self._me

    def _desk_now(self) -> datetime:
        return datetime.now(UTC) + self._http.clock_offset

    def _claim(self, command: Command, receipt: Receipt) -> Receipt:
        if receipt.event:
            self._claimed[receipt.event] = command.id
            if isinstance(command, Wish):
                self._receipts[receipt.event] = Note(command.id, command.kind)
        return receipt

    def _answer(self, article: wire.Article) -> Answer:
        fields = wire.listed(article.custom_fields)
        key = str(wire.number(article.id))
        return Answer(
            id=key,
            title=safe_line(article.name) or "(no title)",
            summary=safe_line(article.summary or "", 500),
            body=_body_text(fields.get(self._site.article_body, "")),
            url=None,
        )


_LOOKS_LIKE_HTML = re.compile(
    r"<(?:p|br|div|ul|ol|h[1-6]|table|a|b|strong|span|img|script)\b[^<>]*>", re.IGNORECASE
)


def _body_text(raw: str) -> str:
    """Make an article's body plain: RT does not say whether it is HTML."""
    return safe_html(raw).text if _LOOKS_LIKE_HTML.search(raw) else safe_text(raw).text


def _local_zone() -> tzinfo:
    from tzlocal import get_localzone  # not needed before the first wish

    return get_localzone()


def open_desk(config: DeskConfig, secret: SecretSource) -> RtDesk:
    """Make the connector for a desk; nothing is asked yet.

    Options are the site's map (docs/desks/request-tracker.md) and `timeout` (seconds), which replaces the
    waiting times. Raises UnexpectedAnswer for a bad address or an option that can't be understood.
    """
    options = dict(config.options)
    patience = patience_of(options.pop("timeout", ""))
    url = tidy_url(config.url).removesuffix("/REST/2.0")
    http = DeskHttp(NAME, url, network=config.network, patience=patience)
    return RtDesk(http, config.user, secret, read_site(tuple(options.items())))
