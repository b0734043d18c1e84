"""Chats over Matrix: any homeserver that speaks the client-server API, version 1.11 or later."""
