"""A guide as a form: its own fields, and its body's blocks."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.models import GuidePage
from media_pipeline.models import Picture
from merchants.models import Merchant
from workbench.blockforms import BlockForm, Shelf
from workbench.blockforms.form import references_of
from workbench.forms.fields import CategoryField
from workbench.services import GuideDraft

BODY = "body"


class NewGuideForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        help_text=_("What will a shopper know after reading it? You can change it later."),
    )
    category = CategoryField(
        help_text=_("Shoppers find the guide beside the products of this category.")
    )


class GuideFieldsForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=255)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two sentences. Lists and searches show them."),
    )
    category = CategoryField()
    picture = forms.ChoiceField(
        label=_("Picture for lists"),
        required=False,
        widget=forms.Select(attrs={"data-chooser": "picture"}),
    )

    def __init__(self, *args: Any, shelf: Shelf, chosen: Picture | None, **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.shelf = shelf
        options = {pk: str(item) for pk, item in shelf.options(Picture).items()}
        if chosen is not None:
            options.setdefault(str(chosen.pk), str(chosen))
        field = self.fields["picture"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", shelf.empty_label(Picture)), *options.items()]

    def clean_title(self) -> str:
        return str(self.cleaned_data["title"]).replace("\x00", "")


class ScheduleForm(forms.Form):
    go_live_at = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: as soon as an editor approves it."),
    )
    expire_at = forms.DateTimeField(
        label=_("Public until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: for good."),
    )


class PictureChoice:
    """The list picture, dressed as a leaf of the blocks, so that one template shows both."""

    kind = "picture"

    def __init__(self, field: forms.BoundField, picture: Picture | None) -> None:
        self.field = field
        self.picture = picture


class GuideEditor:
    """Everything that a member edits of a guide, for one request.

    A draft may be saved unfinished: of a field that is wrong the last good value is kept, and
    the form says what is wrong with the new one.
    """

    def __init__(
        self, guide: GuidePage, merchant: Merchant, posted: QueryDict | None = None
    ) -> None:
        self.guide = guide
        self.posted = posted
        held = references_of(guide.body)
        if guide.picture_id:
            held.add((Picture, str(guide.picture_id)))
        self.shelf = Shelf(merchant, kept=held)
        self.blocks = BlockForm(guide.body.stream_block, name=BODY, shelf=self.shelf)
        self.picture: Picture | None = guide.picture
        if posted is None:
            self.blocks.fill(guide.body)
        else:
            self.blocks.read(posted)
            self.picture = self._find_picture(posted.get("picture", ""))
        self.fields = self._make_fields(posted)

    @classmethod
    def of_saved(cls, guide: GuidePage, merchant: Merchant) -> "GuideEditor":
        """The draft as it is saved, checked as if it were handed in."""
        editor = cls(guide, merchant)
        editor.fields = editor._make_fields(editor.saved_values)
        editor.blocks.check()
        return editor

    @property
    def saved_values(self) -> dict[str, Any]:
        return {
            "title": self.guide.title,
            "summary": self.guide.summary,
            "category": self.guide.category_id,
            "picture": str(self.guide.picture_id or ""),
        }

    def _make_fields(self, data: Any) -> GuideFieldsForm:
        return GuideFieldsForm(
            data, shelf=self.shelf, chosen=self.picture, initial=self.saved_values
        )

    @property
    def picture_choice(self) -> PictureChoice:
        return PictureChoice(self.fields["picture"], self.picture)

    @property
    def draft(self) -> GuideDraft:
        """What can be kept of what was posted."""
        self.fields.is_valid()
        good = self.fields.cleaned_data
        return GuideDraft(
            title=good.get("title") or self.guide.title,
            # An unfinished summary is worth keeping; its length is asked for when it's handed in.
            summary=self._posted_text("summary"),
            category=good.get("category") or self.guide.category,
            picture=self.picture,
            body=self.blocks.value,
        )

    @property
    def problems(self) -> dict[str, list[str]]:
        """What of the posted values was not taken, by the name of the field."""
        self.fields.is_valid()
        found = {
            name: [str(message) for message in messages]
            for name, messages in self.fields.errors.items()
            if name != "summary"
        }
        return found | {node.name: node.errors for node in self.blocks.refused}

    @property
    def lacks_something(self) -> bool:
        """Whether anything is wrong or missing, as far as it was asked (`of_saved` asks)."""
        return not self.fields.is_valid() or bool(self.blocks.messages)

    def _find_picture(self, pk: str) -> Picture | None:
        found = self.shelf.find(Picture, pk) if pk else None
        return found if isinstance(found, Picture) else None

    def _posted_text(self, name: str) -> str:
        value = self.posted.get(name, "") if self.posted is not None else ""
        return value.replace("\x00", "").replace("\r\n", "\n").strip()
