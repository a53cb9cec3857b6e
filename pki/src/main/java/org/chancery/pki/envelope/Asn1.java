package org.chancery.pki.envelope;

import java.util.Arrays;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.MalformedNameException;

/// Reads what this package writes, and nothing else.
final class Asn1 {
    private record Understood<T>(T value, boolean canonical) {}

    private Asn1() {}

    /// Decodes leniently, encodes what was understood, and accepts only if that gives the octets back: canonical
    /// form for every field at once, and nothing that was not understood is carried along.
    static <T> T parse(
            String what,
            byte[] der,
            int maxBytes,
            Der.Reader<T, MalformedNameException> decoder,
            Function<T, byte[]> encoder)
            throws MalformedEnvelopeException {
        if (der.length > maxBytes) {
            throw new MalformedEnvelopeException(what + " of " + der.length + " octets, at most " + maxBytes);
        }
        Understood<T> understood;
        try {
            understood = Der.read(der, primitive -> {
                T value = decoder.read(primitive);
                return new Understood<>(value, Arrays.equals(encoder.apply(value), der));
            });
        } catch (MalformedDerException | MalformedNameException e) {
            throw new MalformedEnvelopeException(what + " has another structure", e);
        }
        if (!understood.canonical()) {
            throw new MalformedEnvelopeException(what + " is not in its canonical form");
        }
        return understood.value();
    }

    static void requireSize(ASN1Sequence sequence, int size) {
        if (sequence.size() != size) {
            throw new IllegalArgumentException("sequence of " + sequence.size() + ", must be " + size);
        }
    }

    static ASN1Sequence sequence(ASN1Sequence within, int index) {
        return ASN1Sequence.getInstance(within.getObjectAt(index));
    }

    static byte[] octets(ASN1Sequence within, int index) {
        return ASN1OctetString.getInstance(within.getObjectAt(index)).getOctets();
    }
}
