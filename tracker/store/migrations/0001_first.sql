-- Times are microseconds since 1970 in UTC. `value` columns hold the frozen value as JSON (store/codec.py);
-- the columns beside it are what queries filter and sort by.

create table ticket (
    row integer primary key,
    id text not null unique,
    number text not null,
    subject text not null,
    is_open integer not null,
    waits_for_me integer not null,
    is_fixed integer not null,
    updated_at integer not null,
    due_at integer,
    value blob not null
);
create index ticket_by_time on ticket (waits_for_me desc, updated_at desc);
create index ticket_open on ticket (waits_for_me desc, updated_at desc) where is_open;
create index ticket_fixed on ticket (updated_at desc) where is_fixed;
create index ticket_due on ticket (due_at) where due_at is not null;
create index ticket_by_number on ticket (number);

create table event (
    row integer primary key,
    id text not null unique,
    ticket text not null,
    kind text not null,
    at integer not null,
    seen_at integer,
    actor_name text not null,
    actor_kind text not null,
    text text not null,
    details blob,
    confidence text not null,
    command_id text,
    raw_id text,
    raw_type text
);
create index event_by_ticket on event (ticket, at);
create index event_by_command on event (command_id) where command_id is not null;

-- What the search finds requests by. Contentless: the words live in the two tables above.
create virtual table ticket_words using fts5 (number, subject, content = '', tokenize = 'unicode61 remove_diacritics 2');
create virtual table event_words using fts5 (text, content = '', detail = 'none', tokenize = 'unicode61 remove_diacritics 2');

create table outbox (
    seq integer primary key autoincrement,
    id text not null unique,
    kind text not null,
    ticket text not null,
    value blob not null,
    delivery text not null,
    attempts integer not null default 0,
    next_try integer,
    error text,
    remote_ticket text,
    remote_event text,
    delivered_at integer
);

-- What has left the outbox: a second click, or a question handed over twice, does not send it again.
create table done (
    seq integer primary key autoincrement,
    id text not null unique
);
create trigger outbox_done after delete on outbox begin
    insert or ignore into done (id) values (old.id);
    delete from done where seq <= (select max(seq) from done) - 1000;
end;

-- A local reference goes on working after the desk has given its own.
create table alias (
    local text primary key,
    ticket text not null
) without rowid;

create table draft (
    key text primary key,
    value blob not null,
    saved_at integer not null
) without rowid;

create table notice (
    row integer primary key,
    id text not null unique,
    ticket text,
    at integer not null,
    read integer not null,
    value blob not null
);
create index notice_unread on notice (ticket) where not read;

create table meta (
    key text primary key,
    value blob not null
) without rowid;

-- Everything a person has asked for or raised: the desk's requests, and those it does not show yet.
create view request as
select id, waits_for_me, is_open, is_fixed, updated_at from ticket
union all
select ticket, 1, 1, 0, cast(json_extract(cast(value as text), '$.at_us') as integer)
from outbox
where kind = 'create' and (remote_ticket is null or remote_ticket not in (select id from ticket));
