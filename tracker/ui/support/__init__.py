"""Is everything all right? The page that says so, and the report for IT, read before it is saved."""
