package org.chancery.ca.ledger;

/// The key of an intended certificate belongs to someone else, or is known to be compromised. Nothing was
/// recorded.
public final class KeyTakenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient KeyHolder holder;

    KeyTakenException(KeyHolder holder) {
        super("the key belongs to " + holder.inWords());
        this.holder = holder;
    }

    public KeyHolder holder() {
        return holder;
    }
}
