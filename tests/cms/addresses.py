from django.urls import reverse


def url(name, *args):
    """Of a page of the editors' own."""
    return reverse(f"moderation:{name}", args=args)
