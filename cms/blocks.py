"""What a guide is made of. The workbench generates its forms from these definitions, so every
leaf is a FieldBlock and every group a StructBlock or a ListBlock of them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        template = "cms/blocks/heading.html"


class RichTextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        template = "cms/blocks/rich_text.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=200,
        help_text=_("What the picture shows, for people who can't see it."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        template = "cms/blocks/picture.html"


class SpecificationRowBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Property"), max_length=80)
    value = blocks.CharBlock(label=_("Value"), max_length=200)


class SpecificationTableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=120)
    rows = blocks.ListBlock(SpecificationRowBlock(), label=_("Rows"), min_num=1)

    class Meta:
        icon = "table"
        template = "cms/blocks/specification_table.html"


class ComparisonRowBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Property"), max_length=80)
    values = blocks.ListBlock(
        blocks.CharBlock(max_length=120), label=_("One value for each column")
    )


class ComparisonTableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=120)
    columns = blocks.ListBlock(blocks.CharBlock(max_length=60), label=_("Columns"), min_num=2)
    rows = blocks.ListBlock(ComparisonRowBlock(), label=_("Rows"), min_num=1)

    class Meta:
        icon = "table"
        template = "cms/blocks/comparison_table.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=120)
    text = blocks.TextBlock(label=_("How"), required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    alt_text = blocks.CharBlock(label=_("Alternative text"), required=False, max_length=200)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What these steps achieve"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.TextBlock(label=_("Answer"))


class QuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        template = "cms/blocks/questions.html"


class SafetyNoteBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Good to know")),
            ("caution", _("Caution")),
            ("danger", _("Danger")),
        ],
        default="caution",
    )
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        template = "cms/blocks/safety_note.html"


class ProductCardBlock(blocks.StructBlock):
    product = SnippetChooserBlock("products.Product", label=_("Product"))
    note = blocks.CharBlock(label=_("Why it is named here"), required=False, max_length=200)

    class Meta:
        icon = "tag"
        template = "cms/blocks/product_card.html"


class VideoBlock(blocks.StructBlock):
    video = SnippetChooserBlock("media_pipeline.Video", label=_("Video"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "media"
        template = "cms/blocks/video.html"


class GuideBody(blocks.StreamBlock):
    heading = HeadingBlock(label=_("Heading"), max_length=120)
    rich_text = RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)
    picture = PictureBlock(label=_("Picture"))
    specification_table = SpecificationTableBlock(label=_("Specification table"))
    comparison_table = ComparisonTableBlock(label=_("Comparison table"))
    steps = StepsBlock(label=_("Steps"))
    questions = QuestionsBlock(label=_("Questions and answers"))
    safety_note = SafetyNoteBlock(label=_("Safety note"))
    product = ProductCardBlock(label=_("Product"))
    video = VideoBlock(label=_("Video"))
