from cms import services


def approve(subject, member, editor):
    """Its merchant's member submits it, and an editor lets it out."""
    services.submit(subject=subject, user=member)
    services.approve(subject=subject, editor=editor)
    subject.refresh_from_db()
