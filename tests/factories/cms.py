from typing import Any

import factory
from factory.django import DjangoModelFactory

from cms import services
from cms.models import GuidePage
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import CategoryFactory

BODY = [
    {"type": "heading", "value": "What to look for"},
    {"type": "rich_text", "value": "<p>A heavy bowl keeps the <b>heat</b> even.</p>"},
    {
        "type": "questions",
        "value": {
            "questions": [
                {
                    "question": "How large a bowl do two people need?",
                    "answer": "One litre is plenty, and leaves some for the next day.",
                }
            ]
        },
    },
]


class GuidePageFactory(DjangoModelFactory):
    """A draft of a member of `merchant`; `GuidePageFactory(live=True)` is public.

    Written by `author`, who is the merchant's own unless given. Goes through the services, so
    revisions and the tree are as they are in life.
    """

    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda n: f"Choosing a rice cooker {n}")
    summary = "What matters when you choose one. And what does not."
    merchant = factory.SubFactory(MerchantFactory)
    category = factory.SubFactory(CategoryFactory)
    picture = None
    body = factory.LazyFunction(lambda: [dict(block) for block in BODY])

    @classmethod
    def _create(cls, model_class: type[GuidePage], *args: Any, **kwargs: Any) -> GuidePage:
        live = kwargs.pop("live", False)
        # The services ask who writes; an administrator may write for any merchant.
        author = kwargs.pop("author", None) or UserFactory(admin=True)
        text = {name: kwargs.pop(name) for name in ("summary", "picture", "body")}
        guide = services.create_guide(user=author, **kwargs)
        revision = services.save_guide(
            guide=guide,
            user=author,
            title=guide.title,
            category=guide.category,
            keep_version=True,
            **text,
        )
        if live:
            revision.publish()
        return GuidePage.objects.get(pk=guide.pk)
