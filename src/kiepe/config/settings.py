"""Django's settings. What a city sets comes from the environment (config/env.py) and from its city pack."""

from __future__ import annotations

from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from kiepe.base.kernel import env, keys
from kiepe.config import languages

ROOT = Path(__file__).resolve().parents[3]
VAR = env.folder("KIEPE_VAR", ROOT / "var")
KEYS = env.folder("KIEPE_KEYS", ROOT / "keys")
CHECKPOINTS = env.folder("KIEPE_CHECKPOINTS", VAR / "checkpoints")  # ship it elsewhere: docs/explanation/record.md
CITY_PACK = env.folder("KIEPE_CITY", ROOT / "cities" / "muenster")
DEMO = env.flag("KIEPE_DEMO", default=False)
LOOPBACK = env.flag("KIEPE_LOOPBACK", default=False)  # set by the process that binds; demo sign-ins exist only then
KIEPE_TODAY = env.day("KIEPE_TODAY")

DEBUG = False
SECRET_KEY = keys.secret(KEYS, "django.key")
ALLOWED_HOSTS = env.listed("KIEPE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.flag("KIEPE_HTTPS", default=False)  # behind a proxy that ends TLS

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "kiepe.base.kernel",
    "kiepe.base.ui",
    "kiepe.base.accounts",
    "kiepe.base.catalogue",
    "kiepe.base.inbox",
    "kiepe.base.documents",
    "kiepe.base.forms",
    "kiepe.cases",
    "kiepe.service.benefits",
    "kiepe.entrances.portal",
    "kiepe.entrances.desk",
]
# Where personal data is, in the order in which a person's own deletion goes: what others hang on comes last.
PRIVACY = [
    "kiepe.cases.privacy_parts.ROOM",
    "kiepe.base.forms.privacy.ROOM",
    "kiepe.cases.privacy.ROOM",
    "kiepe.cases.privacy_members.ROOM",
    "kiepe.base.inbox.privacy.ROOM",
    "kiepe.base.accounts.privacy.ROOM",
]
# What needs code for one Leistung; a case type names its parts by dotted path and is checked at start.
CASE_TYPES = ["kiepe.service.benefits.wohngeld.case_type.WOHNGELD"]
# The seal on notices that are delivered in the portal (base/documents/seal); empty: every notice goes by post.
SEAL = env.text("KIEPE_SEAL", "kiepe.base.documents.seal.demo.SEAL" if DEMO else "")

MIDDLEWARE = [
    "kiepe.base.kernel.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kiepe.base.ui.middleware.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kiepe.base.accounts.middleware.WhoActs",
    "kiepe.base.ui.middleware.SayNo",
]
ROOT_URLCONF = "kiepe.config.urls"
WSGI_APPLICATION = "kiepe.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "kiepe.base.catalogue.context.city",
            ],
            "builtins": ["django.templatetags.i18n", "kiepe.base.ui.templatetags.ui"],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise env.SettingError("KIEPE_DATABASE_URL is not an address such as postgresql://user@host/kiepe.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "kiepe"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


# The process that starts Kiepe migrates as the owner; web and worker get KIEPE_DATABASE_URL of the web role.
DATABASES = {"default": _database(env.text("KIEPE_DATABASE_URL", "postgresql://kiepe_owner@localhost/kiepe"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}
]
LOGIN_URL = "accounts:sign_in"

SESSION_COOKIE_NAME = "kiepe"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True  # one cookie, and none before somebody starts something
CSRF_FAILURE_VIEW = "kiepe.cases.views.resume.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

LANGUAGE_CODE = "de"
LANGUAGES = languages.offered(Path(languages.__file__).parents[1] / "base" / "ui" / "locale", CITY_PACK)
USE_I18N = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env.flag("KIEPE_PLAIN_STATIC", default=False)  # tests: nothing collected
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["kiepe.base.documents.uploads.BoundedUpload"]  # its bounds, and what happens beyond them
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CLAMAV = env.text("KIEPE_CLAMAV", "")  # clamd's socket: /run/clamav/clamd.ctl, or host:port
VIRUS_SCANNER = env.text(
    "KIEPE_VIRUS_SCANNER", f"kiepe.base.documents.adapters.{'clamav.ClamAV' if CLAMAV else 'none.NoScanner'}"
)

EMAIL_BACKEND = env.text("KIEPE_EMAIL_BACKEND", "kiepe.base.inbox.folder.FolderBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("KIEPE_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("KIEPE_EMAIL_PORT", 25)
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs is tried again later

PROCRASTINATE_ON_APP_READY = None
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "kiepe.base.kernel.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"kiepe": {"level": "INFO"}},
}
