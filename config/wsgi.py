import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

# Seconds after which a busy thread lets another go on. Most requests wait for an answer from
# elsewhere and then have little left to do; with Python's 5 ms they queue behind those that render.
sys.setswitchinterval(0.001)

application = get_wsgi_application()
