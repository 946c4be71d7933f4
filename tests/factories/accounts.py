from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from factory.django import DjangoModelFactory

from accounts.models import Notification, User

PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory):
    """A person with a confirmed address, who signs in with `PASSWORD`.

    `UserFactory(editor=True)`, `UserFactory(admin=True)`, `UserFactory(confirmed=False)`.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        admin = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)

    @factory.post_generation
    def confirmed(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(
                user=self, email=self.email, primary=True, verified=extracted is not False
            )

    @factory.post_generation
    def editor(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if not (create and extracted):
            return
        # The group that cms.services.ensure_site makes; here so that apps below cms can be
        # tested without it.
        group, _ = Group.objects.get_or_create(name="Editors")
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
        self.groups.add(group)


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    subject = factory.Sequence(lambda n: f"Something happened, number {n}")
    body = "You may want to know."
