package org.chancery.ca.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;

/// An extension as it stands in the DER (RFC 5280 section 4.2).
///
/// @param value inside the OCTET STRING, not looked at yet
/// @param spelledDefault whether `critical FALSE` is written out, which DER leaves out (X.690 section 11.5)
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record ReadExtension(String oid, boolean critical, byte[] value, boolean spelledDefault) {
    /// The extensions of a SEQUENCE of them.
    public static List<ReadExtension> all(Tlv sequence) throws UnreadableException {
        List<ReadExtension> extensions = new ArrayList<>();
        for (Tlv extension : sequence.as(Tlv.SEQUENCE).children()) {
            extensions.add(read(extension.as(Tlv.SEQUENCE).children()));
        }
        return List.copyOf(extensions);
    }

    private static ReadExtension read(List<Tlv> parts) throws UnreadableException {
        if (parts.size() < 2 || parts.size() > 3) {
            throw new UnreadableException("an extension of " + parts.size() + " parts");
        }
        boolean spelled = parts.size() == 3;
        boolean critical = spelled && parts.get(1).bool();
        return new ReadExtension(
                parts.getFirst().oid(),
                critical,
                parts.getLast().as(Tlv.OCTET_STRING).contents(),
                spelled && !critical);
    }

    /// The first of an object identifier.
    public static Optional<ReadExtension> find(List<ReadExtension> extensions, String oid) {
        return extensions.stream()
                .filter(extension -> extension.oid.equals(oid))
                .findFirst();
    }

    /// An object identifier that stands there twice; empty if none does.
    public static Optional<String> duplicate(List<ReadExtension> extensions) {
        List<String> seen = new ArrayList<>();
        for (ReadExtension extension : extensions) {
            if (seen.contains(extension.oid)) {
                return Optional.of(extension.oid);
            }
            seen.add(extension.oid);
        }
        return Optional.empty();
    }

    /// The value, read.
    public Tlv tlv() throws UnreadableException {
        return Tlv.parse(value);
    }
}
