from demo.logins import read_logins
from demo.services.auditions import add_auditions, auditions_are_there
from demo.services.goods import add_categories, add_products, add_shops
from demo.services.people import add_people, refuse_a_site_in_use
from demo.services.reporting import Report, silent
from demo.services.writing import add_guides
from search.services import drain_outbox


def load_world(*, report: Report = silent) -> bool:
    """People, merchants, categories, products, guides and auditions: all but the videos.

    Goes on where it was stopped; once it was complete it does nothing. True where something was
    added. Raises DemoRefusedError on a site that is in use.
    """
    refuse_a_site_in_use()
    if auditions_are_there():
        return _open_the_doors_again(report)
    for part in (add_people, add_shops, add_categories, add_products, add_guides, add_auditions):
        part(report)
    drain_outbox()
    return True


def _open_the_doors_again(report: Report) -> bool:
    """New passwords where the file that held them was lost."""
    if read_logins() is not None:
        return False
    add_people(report)
    return True
