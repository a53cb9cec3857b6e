package org.chancery.ca.der;

import java.util.List;
import java.util.Optional;

/// Walks the parts of a SEQUENCE, some of which may be left out. Not thread safe.
public final class Parts {
    private final List<Tlv> parts;
    private int next;

    public Parts(List<Tlv> parts) {
        this.parts = parts;
    }

    /// The next part, whatever it is.
    public Tlv next() throws UnreadableException {
        if (next == parts.size()) {
            throw new UnreadableException("a part is missing");
        }
        return parts.get(next++);
    }

    public Tlv next(int tag) throws UnreadableException {
        return next().as(tag);
    }

    /// The next part, if it has that tag.
    public Optional<Tlv> nextIf(int tag) {
        return next < parts.size() && parts.get(next).is(tag) ? Optional.of(parts.get(next++)) : Optional.empty();
    }

    public void requireEnd() throws UnreadableException {
        if (next < parts.size()) {
            throw new UnreadableException((parts.size() - next) + " parts too many");
        }
    }
}
