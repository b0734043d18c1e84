"""The front desk: its rules, its file, and its API on real sockets."""
