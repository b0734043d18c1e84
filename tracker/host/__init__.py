"""What the computer gives: folders, settings, secrets, logs, one writer per profile."""
