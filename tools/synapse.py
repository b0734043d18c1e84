"""The Matrix server of the tests, in a virtual environment of its own: made once, from its pins."""

from tools.rig_environment import RigEnvironment

ENVIRONMENT = RigEnvironment("synapse", "a Matrix server", "a minute or two")
