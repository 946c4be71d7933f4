"""Feeds go in batch by batch. A batch's products, its problems and how far the import is are one
transaction, so an import that is killed anywhere goes on behind the last whole batch."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import blake2b
from itertools import islice

from django.core.files import File
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from merchants.models import Merchant
from merchants.rules import is_in_business
from products.choices import FeedFormat, ImportState
from products.errors import FeedUnreadableError, ProductActionRefusedError
from products.feeds import FeedLine, read_feed, sniff_format
from products.feeds.files import CountedFile, unpacked
from products.models import Category, FeedImport, FeedProblem, Product
from products.rules import is_over
from products.services.feed_batches import FeedBatches
from products.signals import import_waiting, product_changed

MAX_BYTES = 200 * 2**20
BATCH = 500
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5
MAX_PROBLEMS = 1_000

Progress = Callable[[FeedImport], None]


def start_import(
    *,
    merchant: Merchant,
    user: User | None,
    file: File,
    filename: str,
    format: FeedFormat | str | None = None,
    category: Category | None = None,
    in_background: bool = True,
) -> FeedImport:
    """Store a feed and have a worker read it. What the feed puts in no category of its own
    goes into `category`.

    With `in_background=False` no worker touches it: the caller runs it, passing the
    `lease_token` of the row that is returned.
    Raises FeedUnreadableError for what isn't a feed, and where it is larger than 200 MB.
    """
    if not is_in_business(merchant):
        raise ProductActionRefusedError(
            _("Your merchant account is suspended, so nothing can be imported.")
        )
    if file.size > MAX_BYTES:
        raise FeedUnreadableError(
            _("This feed is larger than 200 MB. Pack it with gzip, or send it in parts.")
        )
    feed_import = FeedImport(
        merchant=merchant,
        started_by=user,
        filename=filename[-255:],
        format=format or sniff_format(file),
        category=category,
        size=file.size,
    )
    if not in_background:
        feed_import.lease_token = uuid.uuid4()
        feed_import.lease_expires_at = timezone.now() + LEASE
    file.seek(0)
    feed_import.file.save(f"{feed_import.uuid}.feed", file, save=False)
    with transaction.atomic():
        feed_import.save()
        if in_background:
            import_waiting.send(sender=FeedImport, import_id=feed_import.pk)
    return feed_import


def run_import(
    *, import_id: int, lease_token: uuid.UUID | None = None, on_progress: Progress | None = None
) -> bool:
    """Read a feed from where it stands to its end. False where it is over already, or in
    someone else's hands.

    `on_progress` is called after each batch with the row as it then is.
    """
    feed_import = _claim(import_id, lease_token)
    if feed_import is None:
        return False
    try:
        with feed_import.file.open("rb") as file:
            counted = CountedFile(file)
            lines = read_feed(unpacked(counted), feed_import.format)
            batches = FeedBatches(feed_import)
            for batch in _batches_behind(lines, feed_import.line):
                if not _go_on(feed_import, batches, batch, counted.count):
                    return False
                if on_progress:
                    on_progress(feed_import)
    except FeedUnreadableError as error:
        return _end(feed_import, ImportState.FAILED, str(error))
    return _end(feed_import, ImportState.FINISHED)


def _claim(import_id: int, token: uuid.UUID | None) -> FeedImport | None:
    """The row, if its lease could be taken: by one UPDATE, so that only one can."""
    now = timezone.now()
    free = Q(lease_expires_at=None) | Q(lease_expires_at__lt=now)
    if token:
        free |= Q(lease_token=token)
    own = uuid.uuid4()
    claimed = FeedImport.objects.filter(
        free, pk=import_id, state__in=(ImportState.WAITING, ImportState.RUNNING)
    ).update(
        state=ImportState.RUNNING,
        lease_token=own,
        lease_expires_at=now + LEASE,
        attempts=F("attempts") + 1,
    )
    if not claimed:
        return None
    feed_import = FeedImport.objects.select_related("merchant", "category").get(pk=import_id)
    if feed_import.attempts > MAX_ATTEMPTS:
        sentence = _("Reading this feed stopped %(count)d times at the same place. Please tell us.")
        _end(feed_import, ImportState.FAILED, sentence % {"count": MAX_ATTEMPTS})
        return None
    return feed_import


def _batches_behind(lines: Iterator[FeedLine], done: int) -> Iterator[list[FeedLine]]:
    """What comes behind the first `done` records, which are read again but not put in. Where
    the file breaks, what was read before is handed on first."""
    batch: list[FeedLine] = []
    try:
        for line in islice(_without_repeated_ids(lines), done, None):
            batch.append(line)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except FeedUnreadableError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _without_repeated_ids(lines: Iterator[FeedLine]) -> Iterator[FeedLine]:
    """The first of several records with the same id counts, as in Google's own reading; else
    each import would change the product to and fro. Eight bytes are kept of each id."""
    seen: set[bytes] = set()
    for line in lines:
        if line.item:
            key = blake2b(line.item.feed_id.encode(), digest_size=8).digest()
            if key in seen:
                problem = _("The id “%(id)s” stands in this feed before.")
                yield FeedLine(line.line, problem=problem % {"id": line.item.feed_id})
                continue
            seen.add(key)
        yield line


@transaction.atomic
def _go_on(
    feed_import: FeedImport, batches: FeedBatches, batch: list[FeedLine], offset: int
) -> bool:
    """Put one batch in, unless someone else holds the lease by now."""
    held = FeedImport.objects.filter(pk=feed_import.pk, lease_token=feed_import.lease_token)
    if not held.update(lease_expires_at=timezone.now() + LEASE, attempts=0):
        return False
    outcome = batches.put_in(batch)
    room = max(MAX_PROBLEMS - feed_import.bad_count, 0)
    FeedProblem.objects.bulk_create(
        FeedProblem(feed_import=feed_import, line=line, message=message)
        for line, message in outcome.problems[:room]
    )
    feed_import.line += len(batch)
    feed_import.offset = offset
    feed_import.created_count += outcome.created
    feed_import.updated_count += outcome.updated
    feed_import.unchanged_count += outcome.unchanged
    feed_import.bad_count += len(outcome.problems)
    feed_import.save(
        update_fields=[
            *("line", "offset", "created_count", "updated_count", "unchanged_count", "bad_count")
        ]
    )
    if outcome.changed_ids:
        product_changed.send(sender=Product, product_ids=outcome.changed_ids, is_bulk=True)
    return True


def _end(feed_import: FeedImport, state: ImportState, error: str = "") -> bool:
    """Note that it is over, unless someone else holds the lease by now."""
    held = FeedImport.objects.filter(pk=feed_import.pk, lease_token=feed_import.lease_token)
    ended = held.exclude(state__in=(ImportState.FINISHED, ImportState.FAILED)).update(
        state=state,
        error=error,
        finished_at=timezone.now(),
        lease_token=None,
        lease_expires_at=None,
    )
    feed_import.refresh_from_db()
    return bool(ended) and is_over(feed_import)
