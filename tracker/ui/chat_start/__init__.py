"""From the wish to chat to a chat: is anybody there, after how long, and what else can be done."""
