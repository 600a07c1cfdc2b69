"""The form in which pictures are uploaded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):  # type: ignore[misc]  # Wagtail has no types
    """A file that can be printed. Wagtail's looks at the first bytes only, and trips over what is broken after them."""

    def to_python(self, data: Any) -> Any:
        """Return the file; one that can't be decoded to its end is refused with a message."""
        try:
            file = super().to_python(data)
            if file is not None:
                with Image.open(file) as picture:
                    picture.load()
                file.seek(0)
        except ValidationError:
            raise
        except Exception as error:  # each format's decoder complains of a broken file in its own way
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return file


class PictureForm(BaseImageForm):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's own, with our field where it has a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = PictureField(label=theirs.label, required=theirs.required, widget=theirs.widget)
