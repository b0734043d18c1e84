"""The Windows program and its installers, made and tried out under Wine: `make windows`."""
