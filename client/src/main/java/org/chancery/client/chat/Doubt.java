package org.chancery.client.chat;

/// What a stolen key casts on a message that it signed.
public enum Doubt {
    /// The relay took it before the key was stolen, by what the authority says of that: it stands, and is marked.
    BEFORE_THEFT("written before the sender's key was stolen"),
    /// The relay took it when the key was stolen already, which nobody knew then: it may be the thief's.
    AFTER_THEFT("signed with a key that had been stolen");

    private final String words;

    Doubt(String words) {
        this.words = words;
    }

    /// As a clause.
    public String words() {
        return words;
    }
}
