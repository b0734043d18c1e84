"""The tests: a mirror of tracker/, stories, and the rigs they run on."""
