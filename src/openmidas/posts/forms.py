"""The forms of the posts room. They say what is missing; the services say what is not allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from openmidas.posts.lookups import Purpose
from openmidas.posts.models import Post
from openmidas.posts.preferences import DEFAULT_KEYS, FUNCTION_KEYS
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.wording import ACTION_NAMES, PURPOSE_NAMES, ROLE_NAMES, word


class SignInForm(forms.Form):
    """User name, password, and the lane at a post that has lanes."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    lane = forms.ChoiceField(label=_("Lane"), required=False)

    def __init__(self, *args: Any, lanes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lanes:
            choices = [("", _("No lane: I work in the office")), *((lane, lane) for lane in lanes)]
            self.fields["lane"] = forms.ChoiceField(
                label=_("Lane"), required=False, choices=choices
            )
        else:
            del self.fields["lane"]


class PinForm(forms.Form):
    """The PIN for collecting, twice."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    again = forms.CharField(
        label=_("Once more"),
        max_length=12,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        said = super().clean() or self.cleaned_data
        if "pin" in said and said["pin"] != said.get("again"):
            self.add_error("again", _("The two PINs differ."))
        return said


class SetPasswordForm(forms.Form):
    """A one-time code and the password that the officer chooses."""

    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("Three groups of four, from your head of post or from headquarters."),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "mono"}
        ),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=256,
        help_text=_("At least 12 characters. Several words are easier to remember than signs."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("New password, again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_repeated(self) -> str:
        repeated = str(self.cleaned_data["repeated"])
        if repeated != self.cleaned_data.get("password", repeated):
            raise forms.ValidationError(_("The two passwords differ."))
        return repeated


class OfficerForm(forms.Form):
    """An officer's name and roles. ``allowed``: those that the person at the page may give."""

    name = forms.CharField(label=_("Full name"), max_length=120)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, allowed: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = set(allowed)
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Roles"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(role.value, ROLE_NAMES[role]) for role in Role if role in chosen],
        )

    def chosen(self) -> list[Role]:
        """The roles of a valid form."""
        return [Role(role) for role in self.cleaned_data["roles"]]


class EnrolForm(OfficerForm):
    """A new officer. ``posts``: where the person at the page may enrol; none: at this node."""

    field_order = ("username", "name", "post", "roles")

    username = forms.CharField(
        label=_("User name"),
        max_length=32,
        help_text=_("For signing in: letters a to z, digits, dot, hyphen, underscore."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    post = forms.TypedChoiceField(label=_("Works at"), coerce=UUID)

    def __init__(
        self, *args: Any, allowed: Iterable[Role], posts: Sequence[tuple[UUID, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, allowed=allowed, **kwargs)
        if posts:
            choices = [(str(id), name) for id, name in posts]
            self.fields["post"] = forms.TypedChoiceField(
                label=_("Works at"), coerce=UUID, choices=choices
            )
        else:
            del self.fields["post"]


class ReasonForm(forms.Form):
    """Why an officer is suspended."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("The officer's post and headquarters see it."),
    )


class FindForm(forms.Form):
    """The purpose comes first: nobody is looked up without one."""

    purpose = forms.TypedChoiceField(
        label=_("Purpose of the look-up"),
        coerce=Purpose,
        choices=[
            ("", _("Choose the purpose of the look-up")),
            *((p.value, n) for p, n in PURPOSE_NAMES.items()),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        required=False,
        help_text=_("The number of the case or complaint; needed in words for another purpose."),
    )
    text = forms.CharField(
        label=_("Whom or what you look for"),
        max_length=120,
        help_text=_(
            "A name in any spelling, a document number, a plate, the number of a receipt, a date of birth"
            " or of crossing; or a name with a date: Diallo 12/08/1974."
        ),
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )

    def refuse(self, refused: Refused) -> None:
        """Tell beside its field why the look-up was refused."""
        field = "reason" if refused.code == "lookup.reason_missing" else "text"
        self.add_error(field, word(refused))


class OpenForm(FindForm):
    """The purpose and the reason for which a person's record is opened."""

    text = None  # type: ignore[assignment]  # Django's way of leaving an inherited field out

    def refuse(self, refused: Refused) -> None:
        """Tell beside the reason why the look-up was refused: there is no other field to say it at."""
        self.add_error("reason", word(refused))


class PreferencesForm(forms.Form):
    """Sounds and keys of the counter."""

    sounds = forms.BooleanField(label=_("Sounds"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for action in DEFAULT_KEYS:
            self.fields[action] = forms.ChoiceField(
                label=ACTION_NAMES[action], choices=[(key, key) for key in FUNCTION_KEYS]
            )

    def keys(self) -> dict[str, str]:
        """The key of each action, of a valid form."""
        return {action: self.cleaned_data[action] for action in DEFAULT_KEYS}


def known_posts() -> list[tuple[UUID, str]]:
    """The posts that are laid out, by name."""
    return list(Post.objects.order_by("name").values_list("id", "name"))
