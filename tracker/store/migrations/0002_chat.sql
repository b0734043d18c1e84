-- Conversations. `place` orders the messages of a request. An amendment may come before its message.

create table chat (
    ticket text primary key,
    is_active integer not null,
    started_at integer not null,
    value blob not null
) without rowid;

create table message (
    row integer primary key,
    id text not null unique,
    ticket text not null,
    place integer not null,
    by text not null,
    text text not null,
    command_id text,
    value blob not null
);
create index message_by_ticket on message (ticket, place);
create index message_by_command on message (command_id) where command_id is not null;

-- What the search finds requests by, as it reads now. Contentless: the words live in the tables around.
create virtual table message_words using fts5 (text, content = '', detail = 'none', tokenize = 'unicode61 remove_diacritics 2');

create table amendment (
    message text primary key,
    ticket text not null,
    at integer not null,
    text text
) without rowid;

create table read_mark (
    ticket text not null,
    by text not null,
    message text not null,
    primary key (ticket, by)
) without rowid;

-- Sessions at a chat server beside the desk that have ended: `command` posts what was said on the request
-- (null: not yet, empty: nothing was said).
create table transcript (
    ticket text not null,
    session text not null,
    command text,
    primary key (ticket, session)
) without rowid;
