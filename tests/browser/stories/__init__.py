"""Five invented people, each with papers and with the amount that the statute gives, calculated by hand."""

from tests.browser.stories.family import FAMILY
from tests.browser.stories.mother import MOTHER
from tests.browser.stories.owner import OWNER
from tests.browser.stories.pensioner import PENSIONER
from tests.browser.stories.separated import SEPARATED
from tests.browser.stories.story import Paper, Story

STORIES = (PENSIONER, MOTHER, FAMILY, OWNER, SEPARATED)

__all__ = ["STORIES", "Paper", "Story"]
