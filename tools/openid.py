"""The OpenID provider of the tests, in a virtual environment of its own: made once, from its pins."""

from tools.rig_environment import RigEnvironment

ENVIRONMENT = RigEnvironment("openid", "an OpenID provider", "half a minute")
