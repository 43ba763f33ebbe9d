"""Charts that are looked at rather than read: each part a button with its words, never colour alone."""
