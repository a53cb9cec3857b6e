package org.chancery.protocol.frame;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.CrlFingerprint;

/// Messages of `chat.proto` as [Frame]s. What a frame must have is fetched through its constructor's checks;
/// absent fields read as empty and fail there.
final class WireDecoder {

    private WireDecoder() {}

    static Frame decode(org.chancery.protocol.wire.Frame wire)
            throws MalformedNameException, MalformedEnvelopeException, MalformedCertificateException {
        return switch (wire.getBodyCase()) {
            case HELLO -> decode(wire.getHello());
            case WELCOME -> decode(wire.getWelcome());
            case PUBLISH -> decode(wire.getPublish());
            case PUBLISHED -> decode(wire.getPublished());
            case DELIVER -> decode(wire.getDeliver());
            case ACKNOWLEDGE ->
                new Frame.Acknowledge(
                        conversation(wire.getAcknowledge().getConversation()),
                        wire.getAcknowledge().getSequence());
            case GAP ->
                new Frame.Gap(
                        conversation(wire.getGap().getConversation()),
                        wire.getGap().getThrough(),
                        wire.getGap().getCount(),
                        digest(wire.getGap().getTranscript()));
            case LAPSED ->
                new Frame.Lapsed(
                        conversation(wire.getLapsed().getConversation()),
                        address(wire.getLapsed().getAddress()),
                        wire.getLapsed().getThrough(),
                        wire.getLapsed().getCount());
            case LAPSED_SEEN ->
                new Frame.LapsedSeen(
                        conversation(wire.getLapsedSeen().getConversation()),
                        address(wire.getLapsedSeen().getAddress()),
                        wire.getLapsedSeen().getThrough());
            case HISTORY_QUERY ->
                new Frame.HistoryQuery(
                        wire.getHistoryQuery().getId(),
                        conversation(wire.getHistoryQuery().getConversation()),
                        wire.getHistoryQuery().getAfter(),
                        wire.getHistoryQuery().getLimit());
            case HISTORY_ANSWER -> decode(wire.getHistoryAnswer());
            case CAUGHT_UP -> new Frame.CaughtUp();
            case DIRECTORY_QUERY -> decode(wire.getDirectoryQuery());
            case DIRECTORY_ANSWER -> decode(wire.getDirectoryAnswer());
            case PRESENCE ->
                new Frame.Presence(
                        addresses("people online", wire.getPresence().getOnlineList()),
                        addresses("people offline", wire.getPresence().getOfflineList()));
            case TYPING ->
                new Frame.Typing(
                        conversation(wire.getTyping().getConversation()),
                        wire.getTyping().hasFrom()
                                ? Optional.of(address(wire.getTyping().getFrom()))
                                : Optional.empty());
            case CRLS_ANNOUNCED -> decode(wire.getCrlsAnnounced());
            case CRL_PART ->
                new Frame.CrlPart(
                        crl(wire.getCrlPart().getSha256()),
                        wire.getCrlPart().getOffset(),
                        wire.getCrlPart().getOctets().asReadOnlyByteBuffer());
            case BEGIN_UPLOAD -> decode(wire.getBeginUpload());
            case UPLOAD_PART ->
                new Frame.UploadPart(
                        wire.getUploadPart().getId(),
                        wire.getUploadPart().getOffset(),
                        wire.getUploadPart().getOctets().asReadOnlyByteBuffer());
            case UPLOAD_COMMITTED ->
                new Frame.UploadCommitted(
                        wire.getUploadCommitted().getId(),
                        file(wire.getUploadCommitted().getFile()),
                        wire.getUploadCommitted().getOffset());
            case FILE_QUERY ->
                new Frame.FileQuery(
                        wire.getFileQuery().getId(),
                        file(wire.getFileQuery().getFile()),
                        wire.getFileQuery().getOffset(),
                        wire.getFileQuery().getLimit());
            case FILE_PART ->
                new Frame.FilePart(
                        wire.getFilePart().getId(),
                        wire.getFilePart().getOffset(),
                        wire.getFilePart().getOctets().asReadOnlyByteBuffer());
            case DELETE_FILE ->
                new Frame.DeleteFile(
                        wire.getDeleteFile().getId(), file(wire.getDeleteFile().getFile()));
            case FILE_DELETED -> new Frame.FileDeleted(wire.getFileDeleted().getId());
            case REFUSED -> decode(wire.getRefused());
            case GOODBYE -> decode(wire.getGoodbye());
            case PING -> new Frame.Ping(wire.getPing().getNonce());
            case PONG -> new Frame.Pong(wire.getPong().getNonce());
            case SUBMIT_MEMBERSHIP ->
                new Frame.SubmitMembership(
                        wire.getSubmitMembership().getId(),
                        record(wire.getSubmitMembership().getRecord()));
            case MEMBERSHIP_ACCEPTED -> decode(wire.getMembershipAccepted());
            case DELIVER_MEMBERSHIP -> decode(wire.getDeliverMembership());
            case MEMBERSHIP_QUERY ->
                new Frame.MembershipQuery(
                        wire.getMembershipQuery().getId(),
                        conversation(wire.getMembershipQuery().getConversation()),
                        wire.getMembershipQuery().getAfter());
            case MEMBERSHIP_ANSWER -> decode(wire.getMembershipAnswer());
            case SUBMIT_DEVICE ->
                new Frame.SubmitDevice(
                        wire.getSubmitDevice().getId(),
                        record(wire.getSubmitDevice().getRecord()));
            case DEVICE_ACCEPTED ->
                new Frame.DeviceAccepted(
                        wire.getDeviceAccepted().getId(),
                        wire.getDeviceAccepted().getPosition());
            case SUBMIT_ENVELOPE_KEY ->
                new Frame.SubmitEnvelopeKey(
                        wire.getSubmitEnvelopeKey().getId(),
                        record(wire.getSubmitEnvelopeKey().getRecord()));
            case ENVELOPE_KEY_ACCEPTED ->
                new Frame.EnvelopeKeyAccepted(
                        wire.getEnvelopeKeyAccepted().getId(),
                        wire.getEnvelopeKeyAccepted().getNumber());
            case OFFER_DEVICE ->
                new Frame.OfferDevice(
                        wire.getOfferDevice().getId(),
                        record(wire.getOfferDevice().getRecord()));
            case DEVICE_OFFERED ->
                new Frame.DeviceOffered(wire.getDeviceOffered().getId());
            case DEVICES_CHANGED ->
                new Frame.DevicesChanged(address(wire.getDevicesChanged().getAddress()));
            case BODY_NOT_SET -> throw new IllegalArgumentException("a frame without a known body");
        };
    }

    private static Frame decode(org.chancery.protocol.wire.Hello wire) {
        return new Frame.Hello(
                wire.getVersion(),
                wire.hasIncarnation() ? Optional.of(wire.getIncarnation()) : Optional.empty(),
                wire.getSoftware(),
                crls(wire.getCrlsList()));
    }

    private static Frame decode(org.chancery.protocol.wire.Welcome wire) throws MalformedNameException {
        return new Frame.Welcome(
                wire.getIncarnation(),
                Instant.ofEpochMilli(wire.getRelayTimeMillis()),
                device(wire.getDevice()),
                address(wire.getAddress()),
                wire.getMaxFrameBytes());
    }

    private static Frame decode(org.chancery.protocol.wire.Publish wire)
            throws MalformedNameException, MalformedEnvelopeException {
        Optional<Seal> seal =
                wire.hasSeal() ? Optional.of(Seal.parse(wire.getSeal().toByteArray())) : Optional.empty();
        Optional<Address> directWith =
                wire.hasDirectWith() ? Optional.of(address(wire.getDirectWith())) : Optional.empty();
        return new Frame.Publish(seal, Letter.parse(wire.getLetter().toByteArray()), directWith);
    }

    private static Frame decode(org.chancery.protocol.wire.Published wire) {
        return new Frame.Published(
                conversation(wire.getConversation()),
                chain(wire.getChain()),
                wire.getCounter(),
                wire.getSequence(),
                digest(wire.getTranscript()));
    }

    private static Frame decode(org.chancery.protocol.wire.HistoryAnswer wire) throws MalformedNameException {
        atMost("letters", wire.getLettersCount(), Frame.HistoryQuery.MAX_LIMIT);
        List<Frame.Deliver> letters = new ArrayList<>(wire.getLettersCount());
        for (var letter : wire.getLettersList()) {
            letters.add(decode(letter));
        }
        return new Frame.HistoryAnswer(
                wire.getId(),
                letters,
                wire.getMore(),
                wire.getThrough(),
                wire.getNext().isEmpty() ? Optional.empty() : Optional.of(conversation(wire.getNext())));
    }

    private static Frame.Deliver decode(org.chancery.protocol.wire.Deliver wire) throws MalformedNameException {
        return new Frame.Deliver(
                conversation(wire.getConversation()),
                wire.getSequence(),
                Instant.ofEpochMilli(wire.getAcceptedAtMillis()),
                digest(wire.getTranscript()),
                wire.getEnvelope().toByteArray(),
                address(wire.getFrom()));
    }

    private static Frame decode(org.chancery.protocol.wire.DirectoryQuery wire) throws MalformedNameException {
        Query query = switch (wire.getQueryCase()) {
            case ADDRESS -> new Query.ByAddress(address(wire.getAddress()));
            case DEVICE -> new Query.ByDevice(device(wire.getDevice()));
            case PREFIX ->
                new Query.ByPrefix(wire.getPrefix().getText(), wire.getPrefix().getLimit());
            case QUERY_NOT_SET -> throw new IllegalArgumentException("a directory query without a known question");
        };
        return new Frame.DirectoryQuery(wire.getId(), query);
    }

    private static Frame decode(org.chancery.protocol.wire.DirectoryAnswer wire)
            throws MalformedNameException, MalformedCertificateException {
        atMost("directory entries", wire.getEntriesCount(), Query.ByPrefix.MAX_LIMIT);
        List<DirectoryEntry> entries = new ArrayList<>(wire.getEntriesCount());
        for (var entry : wire.getEntriesList()) {
            entries.add(decode(entry));
        }
        atMost("offers", wire.getOffersCount(), Frame.DirectoryAnswer.MOST_OFFERS);
        return new Frame.DirectoryAnswer(
                wire.getId(), entries, records(wire.getDeviceChainList()), records(wire.getOffersList()));
    }

    private static Frame decode(org.chancery.protocol.wire.MembershipAccepted wire) {
        return new Frame.MembershipAccepted(
                wire.getId(), conversation(wire.getConversation()), wire.getSequence(), digest(wire.getTranscript()));
    }

    private static Frame decode(org.chancery.protocol.wire.DeliverMembership wire) {
        return new Frame.DeliverMembership(
                conversation(wire.getConversation()),
                digest(wire.getTranscript()),
                new MembershipPlace(
                        wire.getSequence(),
                        Instant.ofEpochMilli(wire.getAcceptedAtMillis()),
                        record(wire.getRecord())));
    }

    private static Frame decode(org.chancery.protocol.wire.MembershipAnswer wire) {
        atMost("entries", wire.getEntriesCount(), Frame.MOST_RECORDS);
        return new Frame.MembershipAnswer(
                wire.getId(),
                conversation(wire.getConversation()),
                wire.getEntriesList().stream()
                        .map(entry -> new MembershipPlace(
                                entry.getSequence(),
                                Instant.ofEpochMilli(entry.getAcceptedAtMillis()),
                                record(entry.getRecord())))
                        .toList(),
                wire.getMore());
    }

    private static List<EncodedRecord> records(List<ByteString> wire) {
        atMost("records", wire.size(), Frame.MOST_RECORDS);
        return wire.stream().map(WireDecoder::record).toList();
    }

    private static EncodedRecord record(ByteString wire) {
        return EncodedRecord.of(wire.toByteArray());
    }

    private static DirectoryEntry decode(org.chancery.protocol.wire.DirectoryEntry wire)
            throws MalformedNameException, MalformedCertificateException {
        atMost("certificates", wire.getChainCount(), CertificateChain.MAX_CERTIFICATES);
        return new DirectoryEntry(
                address(wire.getAddress()),
                wire.hasDisplayName() ? Optional.of(wire.getDisplayName()) : Optional.empty(),
                device(wire.getDevice()),
                CertificateChain.parse(wire.getChainList().stream()
                        .map(ByteString::toByteArray)
                        .toList()),
                wire.getRevoked(),
                wire.getOnline(),
                wire.getEnvelopeKey().isEmpty() ? Optional.empty() : Optional.of(record(wire.getEnvelopeKey())));
    }

    private static Frame decode(org.chancery.protocol.wire.CrlsAnnounced wire) {
        atMost("CRLs", wire.getCrlsCount(), Frame.CrlsAnnounced.MOST);
        return new Frame.CrlsAnnounced(wire.getCrlsList().stream()
                .map(crl -> new AnnouncedCrl(crl(crl.getSha256()), crl.getLength()))
                .toList());
    }

    private static Frame decode(org.chancery.protocol.wire.BeginUpload wire) throws MalformedNameException {
        return new Frame.BeginUpload(
                wire.getId(),
                file(wire.getFile()),
                conversation(wire.getConversation()),
                wire.hasDirectWith() ? Optional.of(address(wire.getDirectWith())) : Optional.empty(),
                wire.getLength());
    }

    private static Frame decode(org.chancery.protocol.wire.Refused wire) {
        int code = wire.getError().getNumber();
        Optional<PublishKey> publish = wire.hasPublish()
                ? Optional.of(new PublishKey(
                        conversation(wire.getPublish().getConversation()),
                        chain(wire.getPublish().getChain()),
                        wire.getPublish().getCounter()))
                : Optional.empty();
        return new Frame.Refused(
                ProtocolError.ofCode(code).orElseThrow(() -> new IllegalArgumentException("unknown error " + code)),
                publish,
                wire.hasQueryId() ? Optional.of(wire.getQueryId()) : Optional.empty(),
                wire.getDetail(),
                wire.hasRetryAfterMillis()
                        ? Optional.of(Duration.ofMillis(wire.getRetryAfterMillis()))
                        : Optional.empty(),
                records(wire.getChangesList()));
    }

    private static Frame decode(org.chancery.protocol.wire.Goodbye wire) {
        int code = wire.getCode().getNumber();
        return new Frame.Goodbye(
                SessionEndCode.ofCode(code).orElseThrow(() -> new IllegalArgumentException("unknown end " + code)),
                wire.getDetail(),
                wire.hasComeBackInMillis()
                        ? Optional.of(Duration.ofMillis(wire.getComeBackInMillis()))
                        : Optional.empty());
    }

    private static void atMost(String what, int count, int limit) {
        if (count > limit) {
            throw new IllegalArgumentException(count + " " + what + ", at most " + limit);
        }
    }

    private static List<Address> addresses(String what, List<String> texts) throws MalformedNameException {
        atMost(what, texts.size(), Frame.Presence.MOST);
        List<Address> addresses = new ArrayList<>(texts.size());
        for (String text : texts) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private static List<CrlFingerprint> crls(List<ByteString> wire) {
        atMost("CRLs", wire.size(), Frame.CrlsAnnounced.MOST);
        return wire.stream().map(WireDecoder::crl).toList();
    }

    private static CrlFingerprint crl(ByteString octets) {
        return CrlFingerprint.ofBytes(octets.toByteArray());
    }

    private static Address address(String text) throws MalformedNameException {
        return Address.parseCanonical(text);
    }

    private static DeviceId device(ByteString octets) {
        return DeviceId.ofBytes(octets.toByteArray());
    }

    private static FileId file(ByteString octets) {
        return FileId.ofBytes(octets.toByteArray());
    }

    private static ConversationId conversation(ByteString octets) {
        return ConversationId.ofBytes(octets.toByteArray());
    }

    private static Digest digest(ByteString octets) {
        return Digest.ofBytes(octets.toByteArray());
    }

    private static ChainId chain(ByteString octets) {
        return ChainId.ofBytes(octets.toByteArray());
    }
}
