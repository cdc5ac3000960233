"""What `gunicorn "service.app:create_app()"` reads when it is started in this folder."""

from service.serving import *  # noqa: F403  the settings are the module's names
