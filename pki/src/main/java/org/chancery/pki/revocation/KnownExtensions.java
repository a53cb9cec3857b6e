package org.chancery.pki.revocation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;

/// The extensions of a list, of an entry or of an OCSP structure, as far as they are known: each once, and
/// with the criticality its standard gives it. Of the unknown ones it is only told whether one is critical.
final class KnownExtensions {
    private static final int MAX_EXTENSIONS = 32;

    /// Which the standard wants.
    enum Criticality {
        ALWAYS,
        NEVER,
        EITHER;

        boolean allows(boolean critical) {
            return switch (this) {
                case ALWAYS -> critical;
                case NEVER -> !critical;
                case EITHER -> true;
            };
        }
    }

    private final Map<String, byte[]> values;
    private final Optional<String> unknownCritical;

    private KnownExtensions(Map<String, byte[]> values, Optional<String> unknownCritical) {
        this.values = values;
        this.unknownCritical = unknownCritical;
    }

    static KnownExtensions none() {
        return new KnownExtensions(Map.of(), Optional.empty());
    }

    /// Reads an Extensions SEQUENCE (RFC 5280 section 4.1).
    ///
    /// @param known those that are understood
    static KnownExtensions read(DerCursor sequence, Map<String, Criticality> known) throws MalformedDerException {
        Map<String, byte[]> values = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Optional<String> unknownCritical = Optional.empty();
        while (!sequence.atEnd()) {
            DerCursor extension = sequence.enter(DerCursor.SEQUENCE);
            String oid = extension.objectIdentifier();
            boolean critical = extension.flag(DerCursor.BOOLEAN);
            byte[] value = extension.contents(DerCursor.OCTET_STRING);
            extension.end();
            if (!seen.add(oid) || seen.size() > MAX_EXTENSIONS) {
                throw new MalformedDerException("extension %s twice, or more than %d".formatted(oid, MAX_EXTENSIONS));
            }
            Criticality wanted = known.get(oid);
            if (wanted != null && !wanted.allows(critical)) {
                throw new MalformedDerException("extension %s with the wrong criticality".formatted(oid));
            }
            if (wanted != null) {
                values.put(oid, value);
            } else if (critical) {
                unknownCritical = Optional.of(oid);
            }
        }
        if (seen.isEmpty()) {
            throw new MalformedDerException("extensions without an extension");
        }
        return new KnownExtensions(values, unknownCritical);
    }

    /// One that has to be understood and is not; empty if there is none.
    Optional<String> unknownCritical() {
        return unknownCritical;
    }

    /// A cursor before the value of an extension; empty if there is none.
    Optional<DerCursor> find(String oid) throws MalformedDerException {
        byte[] value = values.get(oid);
        return value == null ? Optional.empty() : Optional.of(DerCursor.of(value));
    }

    /// The value of an extension; empty if there is none.
    Optional<byte[]> value(String oid) {
        return Optional.ofNullable(values.get(oid));
    }
}
