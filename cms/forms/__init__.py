"""The editors' forms."""

from cms.forms.catalogue import AttributeFormSet, CategoryForm, RoundForm
from cms.forms.decisions import ApprovalForm, ReasonForm

__all__ = ["ApprovalForm", "AttributeFormSet", "CategoryForm", "ReasonForm", "RoundForm"]
