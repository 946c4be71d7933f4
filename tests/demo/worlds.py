"""What there is of a world, to be compared."""

from accounts.models import User
from cms.models import GuidePage
from media_pipeline.models import Picture, Video
from merchants.models import Membership, Merchant, MerchantApplication
from products.models import Attribute, Category, Product
from selection.models import Entry, LedgerLine, Result, Round, Vote

MODELS = (
    User,
    Merchant,
    Membership,
    MerchantApplication,
    Category,
    Attribute,
    Product,
    Picture,
    GuidePage,
    Round,
    Video,
    Entry,
    Vote,
    LedgerLine,
    Result,
)


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}
