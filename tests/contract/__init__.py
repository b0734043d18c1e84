"""What every connector must do, as tests."""
