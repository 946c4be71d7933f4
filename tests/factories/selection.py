from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from selection.choices import Choice
from selection.models import Entry, Round, Vote
from selection.services import cast_vote
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory


class RoundFactory(DjangoModelFactory):
    """Open now; `RoundFactory(announced=True)` opens tomorrow, `RoundFactory(over=True)` ended an
    hour ago and waits to be counted. To close one with results, let it have entries and votes
    and call `close_round(round=…)`, as the site does."""

    class Meta:
        model = Round

    class Params:
        announced = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
        )
        over = factory.Trait(
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
        )

    title = factory.Sequence(lambda n: f"Audition {n}")
    slug = factory.Sequence(lambda n: f"audition-{n}")
    category = factory.SubFactory(CategoryFactory)
    introduction = "Which of these should we sell?"
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    seats = 1
    seed = factory.Sequence(lambda n: f"{n:032x}")


class EntryFactory(DjangoModelFactory):
    """A public product of the round's category, with a public video of its merchant."""

    class Meta:
        model = Entry

    round = factory.SubFactory(RoundFactory)
    product = factory.SubFactory(
        ProductFactory, listed=True, category=factory.SelfAttribute("..round.category")
    )
    video = factory.SubFactory(
        VideoFactory, public=True, merchant=factory.SelfAttribute("..product.merchant")
    )


class VoteFactory(DjangoModelFactory):
    """Cast through the service, so that the ledger has it too; the round must be open.

    `VoteFactory(entry=…, choice="no")`; the shopper is made unless given.
    """

    class Meta:
        model = Vote

    entry = factory.SubFactory(EntryFactory)
    shopper = factory.SubFactory(UserFactory)
    choice = Choice.YES

    @classmethod
    def _create(cls, model_class: type[Vote], *args: object, **kwargs: object) -> Vote:
        return cast_vote(**kwargs)
