"""The editors' forms."""

from cms.forms.catalogue import AttributeFormSet, CategoryForm, RoundForm
from cms.forms.decisions import ApprovalForm, DecisionForm, ReasonForm
from cms.forms.media import OverruleForm, QuotaForm
from cms.forms.search import MissingGuideForm, SynonymsForm

__all__ = [
    "ApprovalForm",
    "AttributeFormSet",
    "CategoryForm",
    "DecisionForm",
    "MissingGuideForm",
    "OverruleForm",
    "QuotaForm",
    "ReasonForm",
    "RoundForm",
    "SynonymsForm",
]
