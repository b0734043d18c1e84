"""The program's main job on an embedded desk: shown live where there is a display, else as a tour."""
