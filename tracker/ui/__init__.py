"""What a person sees and touches, in Qt Widgets. Shows the store, asks for commands; nothing else."""
