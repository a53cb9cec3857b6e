package org.chancery.pki.der;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;

/// Reads and writes DER (X.690 section 10) through Bouncy Castle.
///
/// Bouncy Castle reports bad input by half a dozen unchecked exceptions, some of them only when a part is first
/// looked at, and recurses as deep as the input nests. So a reader runs *inside* [#read], after [DerShape] has
/// bounded the nesting, and whatever it throws leaves as [MalformedDerException].
public final class Der {
    private Der() {}

    /// Turns a parsed primitive into what the caller wants; may throw a failure of its own.
    ///
    /// @param <T> what it makes
    /// @param <X> the checked failure of the caller's own rules
    @FunctionalInterface
    public interface Reader<T, X extends Exception> {
        /// Reads one structure.
        T read(ASN1Primitive primitive) throws X, IOException;
    }

    /// Reads exactly one DER value: definite minimal lengths, bounded nesting, nothing after it.
    ///
    /// @throws MalformedDerException if the bytes or the structure are not what `reader` expects
    /// @throws X what `reader` throws by itself
    public static <T, X extends Exception> T read(byte[] der, Reader<T, X> reader) throws MalformedDerException, X {
        DerShape.check(der);
        try {
            return reader.read(ASN1Primitive.fromByteArray(der));
        } catch (IOException | RuntimeException e) {
            // Every unchecked exception, on purpose: this is the seam, and the bytes are the only thing that can be
            // wrong. What those say of it is about Bouncy Castle.
            String reason = e instanceof IOException ? e.getMessage() : null;
            throw new MalformedDerException(reason == null ? "not the expected ASN.1 structure" : reason, e);
        }
    }

    /// As [#read], and refuses what would not be encoded identically (BER booleans, unsorted sets, ...).
    ///
    /// @throws MalformedDerException also if the encoding is not the distinguished one
    /// @throws X what `reader` throws by itself
    public static <T, X extends Exception> T readStrictly(byte[] der, Reader<T, X> reader)
            throws MalformedDerException, X {
        return read(der, primitive -> {
            if (!Arrays.equals(primitive.getEncoded(ASN1Encoding.DER), der)) {
                throw new IOException("BER, but not DER");
            }
            return reader.read(primitive);
        });
    }

    /// An OCTET STRING under an implicit tag, in one piece (X.690 section 10.2). That it comes in pieces shows in no
    /// re-encoding, since the tag does not say what it stands for.
    ///
    /// @throws IOException if it is none, or in pieces
    public static byte[] implicitOctets(ASN1TaggedObject tagged) throws IOException {
        if (tagged.isExplicit()) {
            throw new IOException("an OCTET STRING in pieces");
        }
        return ASN1OctetString.getInstance(tagged, false).getOctets();
    }

    /// A SEQUENCE of values that are encoded already.
    public static byte[] sequence(byte[]... valuesDer) {
        int length = Stream.of(valuesDer).mapToInt(value -> value.length).reduce(0, Math::addExact);
        ByteArrayOutputStream der = new ByteArrayOutputStream(Math.addExact(length, 6));
        der.write(BERTags.SEQUENCE | BERTags.CONSTRUCTED);
        if (length < 0x80) {
            der.write(length);
        } else {
            byte[] octets = BigInteger.valueOf(length).toByteArray();
            int start = octets[0] == 0 ? 1 : 0;
            der.write(0x80 | octets.length - start);
            der.write(octets, start, octets.length - start);
        }
        for (byte[] value : valuesDer) {
            der.write(value, 0, value.length);
        }
        return der.toByteArray();
    }

    /// The DER encoding of a structure made by this program.
    public static byte[] encode(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException("a structure in memory has no encoding", e);
        }
    }
}
