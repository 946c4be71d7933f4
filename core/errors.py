class ActionRefusedError(Exception):
    """What a person asked for can't be done. The message is the sentence that they read:
    what is wrong and what to do about it. Each app has a small hierarchy below this one.

    A service raises it before anything is written; a view shows `str(error)`.
    """
