"""What a meeting decided and wrote down, as the small file that its page saves, and as a source of its own in the store.

One page that is opened is one meeting with an id of its own. Saving again gives the same meeting with more in it: taking that
in replaces what was taken in before. A file that was saved earlier does not replace one that was saved later.
"""
