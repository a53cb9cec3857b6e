package org.chancery.protocol.revocation;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.jspecify.annotations.Nullable;

/// The CRLs of one connection, put together from what the relay announces and sends. Memory grows with what
/// arrives, to the length that was announced at most, for one list at a time. One thread.
public final class CrlAssembly {

    private static final int FIRST_OCTETS = Frame.CrlPart.MAX_OCTETS;

    private final Set<CrlFingerprint> held;
    private final Set<CrlFingerprint> sent = new HashSet<>();
    private Map<CrlFingerprint, Integer> lengths = Map.of();
    private @Nullable Begun begun;

    /// A list of which the beginning is there.
    private static final class Begun {
        private final AnnouncedCrl crl;
        private byte[] octets;
        private int count;

        Begun(AnnouncedCrl crl) {
            this.crl = crl;
            this.octets = new byte[Math.min(crl.length(), FIRST_OCTETS)];
        }

        /// At most twice what has arrived.
        void add(ByteBuffer part) {
            int wanted = count + part.remaining();
            if (wanted > octets.length) {
                byte[] longer = new byte[Math.min(crl.length(), Math.max(wanted, 2 * octets.length))];
                System.arraycopy(octets, 0, longer, 0, count);
                octets = longer;
            }
            part.get(octets, count, part.remaining());
            count = wanted;
        }
    }

    /// @param held what [Frame.Hello] said is held already
    public CrlAssembly(Collection<CrlFingerprint> held) {
        this.held = Set.copyOf(held);
    }

    /// Takes an announcement, in place of the one before. What was sent and is not named any longer is
    /// forgotten, by both sides.
    public void announced(Frame.CrlsAnnounced announcement) {
        Map<CrlFingerprint, Integer> all = new LinkedHashMap<>();
        announcement.crls().forEach(crl -> all.put(crl.fingerprint(), crl.length()));
        lengths = all;
        sent.retainAll(all.keySet());
        if (begun != null && !announcement.crls().contains(begun.crl)) {
            begun = null;
        }
    }

    /// Takes a part.
    ///
    /// @return the list in DER, if this was the last of it; its hash is the one announced, more is not known of
    /// it
    /// @throws ProtocolException if it is not the part that comes next
    public Optional<byte[]> part(Frame.CrlPart part) throws ProtocolException {
        Begun list = begun == null ? begin(part.crl()) : begun;
        if (!list.crl.fingerprint().equals(part.crl())) {
            throw broken("a part of one CRL before the end of another");
        }
        if (part.offset() != list.count) {
            throw broken("a CRL's part at " + part.offset() + ", must be at " + list.count);
        }
        if (part.octets().remaining() > list.crl.length() - list.count) {
            throw broken("a CRL is longer than the " + list.crl.length() + " octets announced");
        }
        list.add(part.octets());
        if (list.count < list.crl.length()) {
            begun = list;
            return Optional.empty();
        }
        begun = null;
        if (!CrlFingerprint.of(list.octets).equals(list.crl.fingerprint())) {
            throw broken("a CRL is another than the one announced");
        }
        sent.add(list.crl.fingerprint());
        return Optional.of(list.octets);
    }

    private Begun begin(CrlFingerprint fingerprint) throws ProtocolException {
        Integer length = lengths.get(fingerprint);
        if (length == null) {
            throw broken("a part of a CRL that was not announced");
        }
        if (isHere(fingerprint)) {
            throw broken("a part of a CRL that is held already");
        }
        return new Begun(new AnnouncedCrl(fingerprint, length));
    }

    /// Whether everything that was announced last is there.
    public boolean isComplete() {
        return lengths.keySet().stream().allMatch(this::isHere);
    }

    private boolean isHere(CrlFingerprint crl) {
        return held.contains(crl) || sent.contains(crl);
    }

    private static ProtocolException broken(String what) {
        return new ProtocolException(ProtocolError.MALFORMED_FRAME, what);
    }
}
