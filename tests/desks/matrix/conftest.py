"""Real Matrix servers for all tests of their connector."""

from __future__ import annotations

from tests.rigs.synapse_fixtures import company_synapse, strict_synapse, synapse_rig

__all__ = ["company_synapse", "strict_synapse", "synapse_rig"]
