"""Looking at everything, and the report for IT."""
