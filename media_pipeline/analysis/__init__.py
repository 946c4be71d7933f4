"""What a video shows and sounds like: the checks behind the findings, the poster's candidates,
fingerprints. Runs in a process of its own (`python -m media_pipeline.analysis FOLDER`), because
it needs libraries for numbers and pictures that the worker shouldn't carry all day, and because
the pictures come from strangers. Knows neither Django nor the database."""
