"""The look: tokens, palette, style sheet, type and icons, in one place."""
