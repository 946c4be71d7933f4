"""The editors' forms."""

from cms.forms.catalogue import AttributeFormSet, CategoryForm, RoundForm
from cms.forms.decisions import ApprovalForm, DecisionForm, ReasonForm
from cms.forms.media import OverruleForm, QuotaForm

__all__ = [
    "ApprovalForm",
    "AttributeFormSet",
    "CategoryForm",
    "DecisionForm",
    "OverruleForm",
    "QuotaForm",
    "ReasonForm",
    "RoundForm",
]
