"""Speed and memory, measured beside a bare program: `python -m tests.bench`."""
