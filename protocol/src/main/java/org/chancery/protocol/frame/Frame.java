package org.chancery.protocol.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;

/// One thing that client or relay says. Immutable; constructors throw [IllegalArgumentException] for values
/// that the protocol does not have, which is a fault of the caller; what comes from the wire is refused by the
/// reader. Times have milliseconds.
public sealed interface Frame {

    /// The version of the protocol that this code speaks.
    int VERSION = 1;

    /// Signed records that one frame lists at most.
    int MOST_RECORDS = 1024;

    /// The client's first frame.
    ///
    /// @param incarnation of the log it last saw; empty on its first visit
    /// @param software name and version, for the relay's log
    /// @param crls those that it holds already; they are not sent again
    record Hello(int version, Optional<String> incarnation, String software, List<CrlFingerprint> crls)
            implements Frame {
        public Hello {
            Check.positive("version", version);
            incarnation.ifPresent(id -> Check.text("incarnation", id, 64));
            Check.text("software", software, 128);
            crls = Check.atMost("CRLs", crls, CrlsAnnounced.MOST);
        }

        /// Of one that holds no CRL.
        public Hello(int version, Optional<String> incarnation, String software) {
            this(version, incarnation, software, List.of());
        }
    }

    /// The relay's answer to [Hello]: who it takes the client for, and which log it serves.
    ///
    /// @param incarnation another one than before: cursors and sequences of the old log mean nothing here
    record Welcome(String incarnation, Instant relayTime, DeviceId device, Address address, int maxFrameBytes)
            implements Frame {
        public Welcome {
            Check.text("incarnation", incarnation, 64);
            Check.positive("frame limit", maxFrameBytes);
            relayTime = relayTime.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /// A letter to be appended. A retry repeats the letter bit by bit and gets the same answer.
    ///
    /// @param seal with the first letter under it
    /// @param directWith the other person, where the conversation is between two
    record Publish(Optional<Seal> seal, Letter letter, Optional<Address> directWith) implements Frame {

        /// What an answer to it refers to.
        public PublishKey key() {
            var header = letter.header();
            return new PublishKey(header.conversation(), header.chain(), header.counter());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Publish that
                    && Arrays.equals(letter.der(), that.letter.der())
                    && Arrays.equals(octets(seal), octets(that.seal))
                    && directWith.equals(that.directWith);
        }

        @Override
        public int hashCode() {
            return letter.header().hashCode();
        }

        private static byte[] octets(Optional<Seal> seal) {
            return seal.map(Seal::der).orElse(new byte[0]);
        }
    }

    /// The letter is on disk, at this place of the conversation, and everything before it is sworn to by the
    /// transcript: h(n) = SHA-256(h(n-1), n as 8 octets, SHA-256(letter)), h(0) = 32 zero octets.
    record Published(ConversationId conversation, ChainId chain, long counter, long sequence, Digest transcript)
            implements Frame {
        public Published {
            Check.positive("counter", counter);
            Check.positive("sequence", sequence);
        }

        @Override
        public String toString() {
            return "Published[" + conversation.hex() + " #" + sequence + ", transcript " + transcript + "]";
        }
    }

    /// A letter for this device.
    ///
    /// @param acceptedAt when the relay took it
    /// @param transcript as in [Published]
    /// @param envelopeDer the letter with the one RecipientInfo that is this device's
    /// @param from the sender's address, as the relay knows the device; the signature says who it was
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    record Deliver(
            ConversationId conversation,
            long sequence,
            Instant acceptedAt,
            Digest transcript,
            byte[] envelopeDer,
            Address from)
            implements Frame {
        public Deliver {
            Check.positive("sequence", sequence);
            acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MILLIS);
            envelopeDer = envelopeDer.clone();
        }

        @Override
        public byte[] envelopeDer() {
            return envelopeDer.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Deliver that
                    && conversation.equals(that.conversation)
                    && sequence == that.sequence
                    && acceptedAt.equals(that.acceptedAt)
                    && transcript.equals(that.transcript)
                    && Arrays.equals(envelopeDer, that.envelopeDer)
                    && from.equals(that.from);
        }

        @Override
        public int hashCode() {
            return 31 * conversation.hashCode() + Long.hashCode(sequence);
        }

        @Override
        public String toString() {
            return "Deliver[" + conversation.hex() + " #" + sequence + " from " + from + ", " + envelopeDer.length
                    + " octets]";
        }
    }

    /// Everything delivered in this conversation up to and including the sequence has been kept.
    record Acknowledge(ConversationId conversation, long sequence) implements Frame {
        public Acknowledge {
            Check.positive("sequence", sequence);
        }
    }

    /// In the place of letters that are no longer kept.
    ///
    /// @param through the last place of the gap; acknowledged as if it had been delivered
    /// @param count letters for this device that are gone
    /// @param transcript as in [Published], at `through`
    record Gap(ConversationId conversation, long through, long count, Digest transcript) implements Frame {
        public Gap {
            Check.positive("through", through);
            Check.positive("count", count);
        }

        @Override
        public String toString() {
            return "Gap[" + conversation.hex() + " to #" + through + ", " + count + " letters]";
        }
    }

    /// Letters of this device that somebody did not fetch in time. Said again in every session until seen.
    ///
    /// @param address whose device did not come
    /// @param through the place of the last of them
    /// @param count how many, since it was last seen
    record Lapsed(ConversationId conversation, Address address, long through, long count) implements Frame {
        public Lapsed {
            Check.positive("through", through);
            Check.positive("count", count);
        }
    }

    /// A [Lapsed] has been kept.
    record LapsedSeen(ConversationId conversation, Address address, long through) implements Frame {
        public LapsedSeen {
            Check.positive("through", through);
        }
    }

    /// Asks for letters once more.
    ///
    /// @param id chosen by the client, repeated in the answer
    /// @param after the place before the first wanted; 0 for the beginning
    /// @param limit letters wanted
    record HistoryQuery(long id, ConversationId conversation, long after, int limit) implements Frame {

        /// The most that may be wanted at once.
        public static final int MAX_LIMIT = 100;

        public HistoryQuery {
            if (after < 0 || limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("history after " + after + ", " + limit + " letters");
            }
        }
    }

    /// The answer to the [HistoryQuery] of that id.
    ///
    /// @param more there may be others behind `through`
    /// @param through up to which place there is nothing else for the device: where to ask on from
    /// @param next which conversation the device has behind the one asked for, in the order of their octets:
    ///     who begins before the first comes to know all
    record HistoryAnswer(long id, List<Deliver> letters, boolean more, long through, Optional<ConversationId> next)
            implements Frame {
        public HistoryAnswer {
            letters = Check.atMost("letters", letters, HistoryQuery.MAX_LIMIT);
        }
    }

    /// What waited for this device when it came has been delivered; and behind [EnvelopeKeyAccepted], that everything
    /// has which may be sealed to an earlier key.
    record CaughtUp() implements Frame {}

    /// A question to the directory.
    ///
    /// @param id chosen by the client, repeated in the answer
    record DirectoryQuery(long id, Query query) implements Frame {}

    /// The answer to the [DirectoryQuery] of that id; empty when nothing is found.
    ///
    /// @param deviceChain the records of the address's device chain, first to last, where one address or one
    /// device was asked for; the relay's word until verified
    /// @param offers of devices that want to join it, for who asks about their own address
    record DirectoryAnswer(
            long id, List<DirectoryEntry> entries, List<EncodedRecord> deviceChain, List<EncodedRecord> offers)
            implements Frame {

        /// Offers of one address that wait at any time.
        public static final int MOST_OFFERS = 8;

        public DirectoryAnswer {
            entries = List.copyOf(entries);
            deviceChain = Check.atMost("records", deviceChain, MOST_RECORDS);
            offers = Check.atMost("offers", offers, MOST_OFFERS);
        }

        /// Without offers.
        public DirectoryAnswer(long id, List<DirectoryEntry> entries, List<EncodedRecord> deviceChain) {
            this(id, entries, deviceChain, List.of());
        }

        /// Without a device chain.
        public DirectoryAnswer(long id, List<DirectoryEntry> entries) {
            this(id, entries, List.of());
        }
    }

    /// People who share a conversation came or went; each address at most once.
    record Presence(List<Address> online, List<Address> offline) implements Frame {

        /// At 30 octets each, one TLS record.
        public static final int MOST = 500;

        public Presence {
            online = Check.atMost("people online", online, MOST);
            offline = Check.atMost("people offline", offline, MOST);
        }
    }

    /// Somebody writes in a conversation.
    ///
    /// @param from who it is, where the relay says it; a client speaks for its owner
    record Typing(ConversationId conversation, Optional<Address> from) implements Frame {}

    /// Which CRLs the relay goes by: at the beginning, none of them perhaps, and when there are others. Those
    /// that [Hello] did not say follow in [CrlPart]s, but for what was sent and has been named ever since. What
    /// was begun of a list that is not named any longer is void.
    record CrlsAnnounced(List<AnnouncedCrl> crls) implements Frame {

        /// An authority has one or two, a relay trusts a few.
        public static final int MOST = 64;

        /// Of all that is announced at once: what a client may have to hold aside.
        public static final int MAX_OCTETS = 4 * Crl.MAX_OCTETS;

        public CrlsAnnounced {
            crls = Check.atMost("CRLs", crls, MOST);
            long octets = crls.stream().mapToLong(AnnouncedCrl::length).sum();
            if (octets > MAX_OCTETS) {
                throw new IllegalArgumentException("CRLs of " + octets + " octets, at most " + MAX_OCTETS);
            }
            if (crls.stream().map(AnnouncedCrl::fingerprint).distinct().count() < crls.size()) {
                throw new IllegalArgumentException("a CRL is announced twice");
            }
        }
    }

    /// A part of an announced CRL; the parts of one come in order, and before any of another. The client
    /// verifies the list itself.
    ///
    /// @param offset where in the list it begins
    /// @param octets read only; each caller gets a position of its own
    record CrlPart(CrlFingerprint crl, int offset, ByteBuffer octets) implements Frame {

        /// The longest: no letter waits for more than this.
        public static final int MAX_OCTETS = 64 << 10;

        public CrlPart {
            if (offset < 0 || offset >= Crl.MAX_OCTETS) {
                throw new IllegalArgumentException("a CRL's part at " + Integer.toUnsignedString(offset));
            }
            octets = Check.octets("a CRL's part", octets, MAX_OCTETS);
        }

        @Override
        public ByteBuffer octets() {
            return octets.duplicate();
        }
    }

    /// A sealed file is to be kept for a conversation, or an upload of it is taken up again.
    ///
    /// @param id chosen by the client, repeated in the answers
    /// @param directWith the other person, where the conversation is between two
    /// @param length of the sealed file, in octets
    record BeginUpload(long id, FileId file, ConversationId conversation, Optional<Address> directWith, long length)
            implements Frame {
        public BeginUpload {
            Check.range("file's length", length, Letter.TAG_BYTES, FileShape.MAX_SEALED_LENGTH);
        }
    }

    /// The octets of a file that come next.
    ///
    /// @param id of the [BeginUpload]
    /// @param octets read only; each caller gets a position of its own
    record UploadPart(long id, long offset, ByteBuffer octets) implements Frame {

        /// The longest.
        public static final int MAX_OCTETS = 256 << 10;

        public UploadPart {
            Check.range("place in a file", offset, 0, FileShape.MAX_SEALED_LENGTH);
            octets = Check.octets("a file's part", octets, MAX_OCTETS);
        }

        @Override
        public ByteBuffer octets() {
            return octets.duplicate();
        }
    }

    /// Up to there a file is on disk; whole, where that is its length.
    ///
    /// @param id of the [BeginUpload]
    record UploadCommitted(long id, FileId file, long offset) implements Frame {
        public UploadCommitted {
            Check.range("place in a file", offset, 0, FileShape.MAX_SEALED_LENGTH);
        }
    }

    /// Asks for octets of a file.
    ///
    /// @param id chosen by the client, repeated in the answers
    /// @param limit octets wanted
    record FileQuery(long id, FileId file, long offset, int limit) implements Frame {

        /// The most that may be wanted at once.
        public static final int MAX_LIMIT = 1 << 20;

        public FileQuery {
            Check.range("place in a file", offset, 0, FileShape.MAX_SEALED_LENGTH);
            Check.range("octets wanted", limit, 1, MAX_LIMIT);
        }
    }

    /// Octets of a file, in answer to the [FileQuery] of that id.
    ///
    /// @param octets read only; each caller gets a position of its own
    record FilePart(long id, long offset, ByteBuffer octets) implements Frame {

        /// The longest: no letter waits for more than this.
        public static final int MAX_OCTETS = 64 << 10;

        public FilePart {
            Check.range("place in a file", offset, 0, FileShape.MAX_SEALED_LENGTH);
            octets = Check.octets("a file's part", octets, MAX_OCTETS);
        }

        @Override
        public ByteBuffer octets() {
            return octets.duplicate();
        }
    }

    /// Lets go of a file that this client's owner has sent.
    ///
    /// @param id chosen by the client, repeated in the answer
    record DeleteFile(long id, FileId file) implements Frame {}

    /// The file of the [DeleteFile] of that id is gone.
    record FileDeleted(long id) implements Frame {}

    /// A request was not granted; the connection goes on.
    ///
    /// @param publish the letter it is about
    /// @param queryId the query or the submitted record it is about
    /// @param detail for people and logs; programs look at the error
    /// @param retryAfter where the same request may be granted later
    /// @param changes with STALE and STALE_SEAL, the records of membership that were not known, first to last
    record Refused(
            ProtocolError error,
            Optional<PublishKey> publish,
            Optional<Long> queryId,
            String detail,
            Optional<Duration> retryAfter,
            List<EncodedRecord> changes)
            implements Frame {
        public Refused {
            Check.text("detail", detail, 1024);
            retryAfter = Check.wait("retry after", retryAfter);
            changes = Check.atMost("records", changes, MOST_RECORDS);
        }

        /// Of a letter.
        public static Refused letter(PublishKey publish, ProtocolError error, String detail) {
            return new Refused(error, Optional.of(publish), Optional.empty(), detail, Optional.empty(), List.of());
        }

        /// Of a query or a submitted record.
        public static Refused request(long queryId, ProtocolError error, String detail) {
            return new Refused(error, Optional.empty(), Optional.of(queryId), detail, Optional.empty(), List.of());
        }

        /// Of something that has no name.
        public static Refused anything(ProtocolError error, String detail) {
            return new Refused(error, Optional.empty(), Optional.empty(), detail, Optional.empty(), List.of());
        }

        /// The same, with when it may be granted.
        public Refused retryAfter(Optional<Duration> wait) {
            return new Refused(error, publish, queryId, detail, wait, changes);
        }

        /// The same, with what its sender did not know.
        public Refused showing(List<EncodedRecord> unknown) {
            return new Refused(error, publish, queryId, detail, retryAfter, unknown);
        }
    }

    /// The relay's last frame.
    ///
    /// @param comeBackIn where coming back makes sense
    record Goodbye(SessionEndCode code, String detail, Optional<Duration> comeBackIn) implements Frame {
        public Goodbye {
            Check.text("detail", detail, 1024);
            comeBackIn = Check.wait("come back in", comeBackIn);
        }
    }

    /// Asks for a [Pong] with the same nonce.
    record Ping(long nonce) implements Frame {}

    /// Answers a [Ping].
    record Pong(long nonce) implements Frame {}

    /// A membership entry to be appended. A retry repeats its octets and gets the same answer.
    ///
    /// @param id chosen by the client, repeated in the answer
    /// @param record whether it is one the relay says
    record SubmitMembership(long id, EncodedRecord record) implements Frame {}

    /// The entry is on disk, at this place of the conversation.
    ///
    /// @param transcript as in [Published], with the hash of the record where a letter's would be
    record MembershipAccepted(long id, ConversationId conversation, long sequence, Digest transcript) implements Frame {
        public MembershipAccepted {
            Check.positive("sequence", sequence);
        }
    }

    /// A membership entry for this device, acknowledged as letters are.
    record DeliverMembership(ConversationId conversation, Digest transcript, MembershipPlace entry) implements Frame {}

    /// Asks for a room's record, behind a place.
    ///
    /// @param after the last place that the client has; 0 for none
    record MembershipQuery(long id, ConversationId conversation, long after) implements Frame {
        public MembershipQuery {
            if (after < 0) {
                throw new IllegalArgumentException("after " + after + ", must not be negative");
            }
        }
    }

    /// The answer to the [MembershipQuery] of that id.
    ///
    /// @param more there is more behind these
    record MembershipAnswer(long id, ConversationId conversation, List<MembershipPlace> entries, boolean more)
            implements Frame {
        public MembershipAnswer {
            entries = List.copyOf(entries);
        }
    }

    /// An entry for the device chain of one's own address. A retry repeats its octets and gets the same answer.
    record SubmitDevice(long id, EncodedRecord record) implements Frame {}

    /// The entry is on disk.
    ///
    /// @param position in the chain, from 1
    record DeviceAccepted(long id, int position) implements Frame {
        public DeviceAccepted {
            Check.positive("position", position);
        }
    }

    /// A key that this device receives with from now on. A retry repeats its octets and gets the same answer.
    record SubmitEnvelopeKey(long id, EncodedRecord record) implements Frame {}

    /// The key is on disk, and nothing sealed to an earlier one is taken any longer.
    ///
    /// @param number of the key, from 1
    record EnvelopeKeyAccepted(long id, int number) implements Frame {
        public EnvelopeKeyAccepted {
            Check.positive("number", number);
        }
    }

    /// A device's own `add`, signed by itself alone: it asks to join the chain of its address. A later one takes the
    /// place of the earlier.
    record OfferDevice(long id, EncodedRecord record) implements Frame {}

    /// The offer is on disk.
    record DeviceOffered(long id) implements Frame {}

    /// A device chain has gone on, or a device asks to join it.
    record DevicesChanged(Address address) implements Frame {}
}
