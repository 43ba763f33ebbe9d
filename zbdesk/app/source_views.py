"""The values about sources that reach the window, by name: the window knows no store and no vault.

``write_atomically`` is here for the one file that the window writes itself, the list of what is to mend.
"""

from zbdesk.store.interface import TokenView
from zbdesk.store.sources import Batch, SavedMapping, StoredSource
from zbdesk.vault.files import write_atomically

__all__ = ["Batch", "SavedMapping", "StoredSource", "TokenView", "write_atomically"]
