"""The small program that stands between the worker and a program that handles a stranger's file:
it confines itself and then becomes that program. Nothing here but the standard library, and no
more of that than is needed: it starts for every file. See sandbox.py for who calls it."""
