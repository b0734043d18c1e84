"""The desk's pages for agents, made on the server: the queue, a ticket with all that can be done, lists."""
