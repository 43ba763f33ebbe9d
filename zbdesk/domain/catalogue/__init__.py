"""The declarations behind ``zbdesk.domain.modules``, one file a section of the navigation."""
