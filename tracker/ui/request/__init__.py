"""Writing to the desk: the New request page, the reply field, drafts and attachments."""
