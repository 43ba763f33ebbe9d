"""What could not be done, one group a cause, with its remedy."""

from zbdesk.ui.problems_page.page import ProblemsPage

__all__ = ["ProblemsPage"]
