package org.chancery.protocol.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.testing.TestPki;

/// One frame of every kind, with and without what is optional.
final class SampleFrames {

    private static final TestPki PKI = TestPki.create();
    private static final Identity ALICE_IDENTITY = PKI.client("alice@lab.example", "Alice");
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final DeviceId DEVICE = ALICE_IDENTITY.deviceId();
    private static final ConversationId CONVERSATION = ConversationId.direct(ALICE, BOB);
    private static final Digest TRANSCRIPT = Digest.ofBytes(filled(32, 1));
    private static final FileId FILE = FileId.ofBytes(filled(16, 8));
    private static final ChainId CHAIN = ChainId.ofBytes(filled(16, 7));

    private static final CrlFingerprint CRL = CrlFingerprint.of(filled(40, 3));
    private static final CrlFingerprint OTHER_CRL = CrlFingerprint.of(filled(50, 4));

    private SampleFrames() {}

    /// A frame of so many octets and some more.
    static Frame large(int octets) {
        return new Frame.Deliver(CONVERSATION, 9, TestPki.NOW, TRANSCRIPT, new byte[octets], BOB);
    }

    static List<Frame> all() {
        return all(DEVICE, ALICE_IDENTITY.chain());
    }

    /// About this device of Alice's.
    static List<Frame> all(DeviceId device, CertificateChain chain) {
        Seal seal = seal(device);
        PublishKey key = new PublishKey(CONVERSATION, CHAIN, 3);
        return List.of(
                new Frame.Hello(1, Optional.of("f00d"), "test 1"),
                new Frame.Hello(1, Optional.empty(), ""),
                new Frame.Welcome("f00d", TestPki.NOW, device, ALICE, 1 << 20),
                new Frame.Publish(Optional.of(seal), letter(seal), Optional.of(BOB)),
                new Frame.Publish(Optional.empty(), letter(seal), Optional.empty()),
                new Frame.Published(CONVERSATION, CHAIN, 3, 9, TRANSCRIPT),
                new Frame.Deliver(CONVERSATION, 9, TestPki.NOW, TRANSCRIPT, filled(1500, 2), BOB),
                new Frame.Acknowledge(CONVERSATION, 9),
                new Frame.Gap(CONVERSATION, 9, 4, TRANSCRIPT),
                new Frame.Lapsed(CONVERSATION, BOB, 9, 4),
                new Frame.LapsedSeen(CONVERSATION, BOB, 9),
                new Frame.HistoryQuery(4, CONVERSATION, 0, 100),
                new Frame.HistoryAnswer(4, List.of(), false, 0, Optional.empty()),
                new Frame.HistoryAnswer(
                        4,
                        List.of(new Frame.Deliver(CONVERSATION, 9, TestPki.NOW, TRANSCRIPT, filled(150, 2), BOB)),
                        true,
                        12,
                        Optional.of(CONVERSATION)),
                new Frame.CaughtUp(),
                new Frame.DirectoryQuery(1, new Query.ByAddress(BOB)),
                new Frame.DirectoryQuery(2, new Query.ByDevice(device)),
                new Frame.DirectoryQuery(3, new Query.ByPrefix("al", 10)),
                new Frame.DirectoryAnswer(3, List.of()),
                new Frame.DirectoryAnswer(
                        3, List.of(new DirectoryEntry(ALICE, Optional.of("Alice"), device, chain, false, true))),
                new Frame.BeginUpload(5, FILE, CONVERSATION, Optional.of(BOB), 1_000_016),
                new Frame.BeginUpload(5, FILE, CONVERSATION, Optional.empty(), 16),
                new Frame.UploadPart(5, 0, ByteBuffer.wrap(filled(16, 5))),
                new Frame.UploadCommitted(5, FILE, 0),
                new Frame.UploadCommitted(5, FILE, 16),
                new Frame.FileQuery(6, FILE, 1 << 20, Frame.FileQuery.MAX_LIMIT),
                new Frame.FilePart(6, 1 << 20, ByteBuffer.wrap(filled(90, 5))),
                new Frame.DeleteFile(7, FILE),
                new Frame.FileDeleted(7),
                new Frame.Presence(List.of(BOB), List.of()),
                new Frame.Presence(List.of(), List.of(ALICE, BOB)),
                new Frame.Typing(CONVERSATION, Optional.empty()),
                new Frame.Typing(CONVERSATION, Optional.of(BOB)),
                new Frame.Hello(1, Optional.empty(), "test 1", List.of(CRL)),
                new Frame.CrlsAnnounced(List.of()),
                new Frame.CrlsAnnounced(List.of(new AnnouncedCrl(CRL, 1), new AnnouncedCrl(OTHER_CRL, 16 << 20))),
                new Frame.CrlPart(CRL, 0, ByteBuffer.wrap(filled(40, 3))),
                new Frame.CrlPart(OTHER_CRL, (16 << 20) - 1, ByteBuffer.wrap(filled(300, 3))),
                Frame.Refused.letter(key, ProtocolError.STALE_SEAL, "stale"),
                Frame.Refused.request(3, ProtocolError.TOO_MANY, "").retryAfter(Optional.of(Duration.ofMillis(250))),
                new Frame.Goodbye(SessionEndCode.DRAINING, "stops", Optional.of(Duration.ofSeconds(2))),
                new Frame.Goodbye(SessionEndCode.REVOKED, "revoked", Optional.empty()),
                new Frame.DirectoryAnswer(4, List.of(), List.of(record(900, 5), record(1100, 6))),
                Frame.Refused.request(4, ProtocolError.STALE, "stale").showing(List.of(record(900, 5), record(901, 6))),
                new Frame.SubmitMembership(5, record(900, 7)),
                new Frame.MembershipAccepted(5, CONVERSATION, 10, TRANSCRIPT),
                new Frame.DeliverMembership(
                        CONVERSATION, TRANSCRIPT, new MembershipPlace(10, TestPki.NOW, record(900, 7))),
                new Frame.MembershipQuery(6, CONVERSATION, 0),
                new Frame.MembershipAnswer(
                        6, CONVERSATION, List.of(new MembershipPlace(10, TestPki.NOW, record(900, 7))), true),
                new Frame.SubmitDevice(7, record(900, 8)),
                new Frame.DeviceAccepted(7, 1),
                new Frame.DirectoryAnswer(5, List.of(), List.of(record(900, 5)), List.of(record(800, 7))),
                new Frame.DirectoryAnswer(
                        6,
                        List.of(new DirectoryEntry(
                                ALICE, Optional.empty(), device, chain, false, false, Optional.of(record(1400, 4))))),
                new Frame.SubmitEnvelopeKey(9, record(1400, 9)),
                new Frame.EnvelopeKeyAccepted(9, 3),
                new Frame.OfferDevice(8, record(800, 9)),
                new Frame.DeviceOffered(8),
                new Frame.DevicesChanged(BOB),
                new Frame.Ping(-1),
                new Frame.Pong(Long.MAX_VALUE));
    }

    static Seal seal() {
        return seal(DEVICE);
    }

    private static Seal seal(DeviceId device) {
        byte[] recipient = new KeyTransRecipient(filled(20, 5), filled(256, 6)).der();
        return new Seal(
                new SealBody(
                        CONVERSATION,
                        device,
                        List.of(SealMember.withoutChain(ALICE), SealMember.withoutChain(BOB)),
                        List.of(new Wrap(device, 1, recipient))),
                filled(32, 8));
    }

    static Letter letter(Seal seal) {
        return new Letter(
                new LetterHeader(
                        LetterHeader.VERSION, CONVERSATION, seal.sender(), seal.id(), CHAIN, 3, seal.commitment()),
                filled(Letter.NONCE_BYTES, 9),
                filled(700, 10),
                filled(Letter.TAG_BYTES, 11));
    }

    private static EncodedRecord record(int length, int value) {
        return EncodedRecord.of(filled(length, value));
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
