"""Who may do what, and how a ticket moves: pure functions on values, no clock, no database.

Whoever shares the process with an opened desk (the agents' pages do) uses the same rules without HTTP:
`carrying_out.act(desk, Order(user, key, fingerprint, as_agent=True), number, rule)` applies any of them to a
ticket in one transaction and tells those who listen; `carrying_out.merge` takes two tickets. The rules for
agents, each with its body in `requests`:

- `agent`: assign, start, reply, ask, note, set_status, set_priority, categorise, resolve, close, heartbeat,
  merge
- `promises`: make_promise; move_promise and withdraw_promise, which take the promise's id too
- `visits`: book, reschedule, cancel, on_the_way, arrived, finish
- `calls`: book_call, call_tried, call_done, call_missed
- `options`: offer
- `chat_agents` and `chat`, through `chatting`, which lists chats and messages too; `attendance`: who chats

To read: `queueing.queue` (with flags), `reading.one_ticket`, `reading.slots`, `reading.changes_after`.
"""
