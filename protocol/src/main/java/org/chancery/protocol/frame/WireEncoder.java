package org.chancery.protocol.frame;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.security.cert.X509Certificate;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;
import org.chancery.protocol.wire.EndCode;
import org.chancery.protocol.wire.ErrorCode;

/// [Frame]s as messages of `chat.proto`.
final class WireEncoder {

    private WireEncoder() {}

    static org.chancery.protocol.wire.Frame encode(Frame frame) {
        var wire = org.chancery.protocol.wire.Frame.newBuilder();
        switch (frame) {
            case Frame.Hello hello -> wire.setHello(encode(hello));
            case Frame.Welcome welcome -> wire.setWelcome(encode(welcome));
            case Frame.Publish publish -> wire.setPublish(encode(publish));
            case Frame.Published published -> wire.setPublished(encode(published));
            case Frame.Deliver deliver -> wire.setDeliver(encode(deliver));
            case Frame.Acknowledge acknowledge ->
                wire.getAcknowledgeBuilder()
                        .setConversation(octets(acknowledge.conversation().bytes()))
                        .setSequence(acknowledge.sequence());
            case Frame.Gap gap ->
                wire.getGapBuilder()
                        .setConversation(octets(gap.conversation().bytes()))
                        .setThrough(gap.through())
                        .setCount(gap.count())
                        .setTranscript(octets(gap.transcript().bytes()));
            case Frame.Lapsed lapsed ->
                wire.getLapsedBuilder()
                        .setConversation(octets(lapsed.conversation().bytes()))
                        .setAddress(lapsed.address().value())
                        .setThrough(lapsed.through())
                        .setCount(lapsed.count());
            case Frame.LapsedSeen seen ->
                wire.getLapsedSeenBuilder()
                        .setConversation(octets(seen.conversation().bytes()))
                        .setAddress(seen.address().value())
                        .setThrough(seen.through());
            case Frame.HistoryQuery query ->
                wire.getHistoryQueryBuilder()
                        .setId(query.id())
                        .setConversation(octets(query.conversation().bytes()))
                        .setAfter(query.after())
                        .setLimit(query.limit());
            case Frame.HistoryAnswer answer -> {
                var history = wire.getHistoryAnswerBuilder()
                        .setId(answer.id())
                        .setMore(answer.more())
                        .setThrough(answer.through());
                answer.letters().forEach(letter -> history.addLetters(encode(letter)));
                answer.next().ifPresent(next -> history.setNext(octets(next.bytes())));
            }
            case Frame.CaughtUp() -> wire.getCaughtUpBuilder();
            case Frame.DirectoryQuery query -> wire.setDirectoryQuery(encode(query));
            case Frame.DirectoryAnswer answer -> wire.setDirectoryAnswer(encode(answer));
            case Frame.Presence presence -> {
                var people = wire.getPresenceBuilder();
                presence.online().forEach(address -> people.addOnline(address.value()));
                presence.offline().forEach(address -> people.addOffline(address.value()));
            }
            case Frame.Typing typing -> {
                var somebody = wire.getTypingBuilder()
                        .setConversation(octets(typing.conversation().bytes()));
                typing.from().map(Address::value).ifPresent(somebody::setFrom);
            }
            case Frame.CrlsAnnounced announced -> {
                var crls = wire.getCrlsAnnouncedBuilder(); // present even when it lists nothing
                announced
                        .crls()
                        .forEach(crl -> crls.addCrlsBuilder()
                                .setSha256(octets(crl.fingerprint().bytes()))
                                .setLength(crl.length()));
            }
            case Frame.CrlPart part ->
                wire.getCrlPartBuilder()
                        .setSha256(octets(part.crl().bytes()))
                        .setOffset(part.offset())
                        .setOctets(UnsafeByteOperations.unsafeWrap(part.octets())); // no copy: it never changes
            case Frame.BeginUpload begin -> {
                var upload = wire.getBeginUploadBuilder()
                        .setId(begin.id())
                        .setFile(octets(begin.file().bytes()))
                        .setConversation(octets(begin.conversation().bytes()))
                        .setLength(begin.length());
                begin.directWith().map(Address::value).ifPresent(upload::setDirectWith);
            }
            case Frame.UploadPart part ->
                wire.getUploadPartBuilder()
                        .setId(part.id())
                        .setOffset(part.offset())
                        .setOctets(UnsafeByteOperations.unsafeWrap(part.octets()));
            case Frame.UploadCommitted committed ->
                wire.getUploadCommittedBuilder()
                        .setId(committed.id())
                        .setFile(octets(committed.file().bytes()))
                        .setOffset(committed.offset());
            case Frame.FileQuery query ->
                wire.getFileQueryBuilder()
                        .setId(query.id())
                        .setFile(octets(query.file().bytes()))
                        .setOffset(query.offset())
                        .setLimit(query.limit());
            case Frame.FilePart part ->
                wire.getFilePartBuilder()
                        .setId(part.id())
                        .setOffset(part.offset())
                        .setOctets(UnsafeByteOperations.unsafeWrap(part.octets()));
            case Frame.DeleteFile delete ->
                wire.getDeleteFileBuilder()
                        .setId(delete.id())
                        .setFile(octets(delete.file().bytes()));
            case Frame.FileDeleted deleted -> wire.getFileDeletedBuilder().setId(deleted.id());
            case Frame.Refused refused -> wire.setRefused(encode(refused));
            case Frame.Goodbye goodbye -> wire.setGoodbye(encode(goodbye));
            case Frame.Ping ping -> wire.getPingBuilder().setNonce(ping.nonce());
            case Frame.Pong pong -> wire.getPongBuilder().setNonce(pong.nonce());
            case Frame.SubmitMembership submit ->
                wire.getSubmitMembershipBuilder()
                        .setId(submit.id())
                        .setRecord(octets(submit.record().der()));
            case Frame.MembershipAccepted accepted ->
                wire.getMembershipAcceptedBuilder()
                        .setId(accepted.id())
                        .setConversation(octets(accepted.conversation().bytes()))
                        .setSequence(accepted.sequence())
                        .setTranscript(octets(accepted.transcript().bytes()));
            case Frame.DeliverMembership deliver ->
                wire.getDeliverMembershipBuilder()
                        .setConversation(octets(deliver.conversation().bytes()))
                        .setSequence(deliver.entry().sequence())
                        .setAcceptedAtMillis(deliver.entry().acceptedAt().toEpochMilli())
                        .setTranscript(octets(deliver.transcript().bytes()))
                        .setRecord(octets(deliver.entry().record().der()));
            case Frame.MembershipQuery query ->
                wire.getMembershipQueryBuilder()
                        .setId(query.id())
                        .setConversation(octets(query.conversation().bytes()))
                        .setAfter(query.after());
            case Frame.MembershipAnswer answer -> wire.setMembershipAnswer(encode(answer));
            case Frame.SubmitDevice submit ->
                wire.getSubmitDeviceBuilder()
                        .setId(submit.id())
                        .setRecord(octets(submit.record().der()));
            case Frame.DeviceAccepted accepted ->
                wire.getDeviceAcceptedBuilder().setId(accepted.id()).setPosition(accepted.position());
            case Frame.SubmitEnvelopeKey submit ->
                wire.getSubmitEnvelopeKeyBuilder()
                        .setId(submit.id())
                        .setRecord(octets(submit.record().der()));
            case Frame.EnvelopeKeyAccepted accepted ->
                wire.getEnvelopeKeyAcceptedBuilder().setId(accepted.id()).setNumber(accepted.number());
            case Frame.OfferDevice offer ->
                wire.getOfferDeviceBuilder()
                        .setId(offer.id())
                        .setRecord(octets(offer.record().der()));
            case Frame.DeviceOffered offered -> wire.getDeviceOfferedBuilder().setId(offered.id());
            case Frame.DevicesChanged changed ->
                wire.getDevicesChangedBuilder().setAddress(changed.address().value());
        }
        return wire.build();
    }

    private static org.chancery.protocol.wire.Hello encode(Frame.Hello hello) {
        var wire = org.chancery.protocol.wire.Hello.newBuilder()
                .setVersion(hello.version())
                .setSoftware(hello.software());
        hello.incarnation().ifPresent(wire::setIncarnation);
        hello.crls().forEach(crl -> wire.addCrls(octets(crl.bytes())));
        return wire.build();
    }

    private static org.chancery.protocol.wire.Welcome encode(Frame.Welcome welcome) {
        return org.chancery.protocol.wire.Welcome.newBuilder()
                .setIncarnation(welcome.incarnation())
                .setRelayTimeMillis(welcome.relayTime().toEpochMilli())
                .setDevice(octets(welcome.device().bytes()))
                .setAddress(welcome.address().value())
                .setMaxFrameBytes(welcome.maxFrameBytes())
                .build();
    }

    private static org.chancery.protocol.wire.Publish encode(Frame.Publish publish) {
        var wire = org.chancery.protocol.wire.Publish.newBuilder()
                .setLetter(octets(publish.letter().der()));
        publish.seal().map(Seal::der).map(WireEncoder::octets).ifPresent(wire::setSeal);
        publish.directWith().map(Address::value).ifPresent(wire::setDirectWith);
        return wire.build();
    }

    private static org.chancery.protocol.wire.Published encode(Frame.Published published) {
        return org.chancery.protocol.wire.Published.newBuilder()
                .setConversation(octets(published.conversation().bytes()))
                .setChain(octets(published.chain().bytes()))
                .setCounter(published.counter())
                .setSequence(published.sequence())
                .setTranscript(octets(published.transcript().bytes()))
                .build();
    }

    private static org.chancery.protocol.wire.Deliver encode(Frame.Deliver deliver) {
        return org.chancery.protocol.wire.Deliver.newBuilder()
                .setConversation(octets(deliver.conversation().bytes()))
                .setSequence(deliver.sequence())
                .setAcceptedAtMillis(deliver.acceptedAt().toEpochMilli())
                .setTranscript(octets(deliver.transcript().bytes()))
                .setEnvelope(octets(deliver.envelopeDer()))
                .setFrom(deliver.from().value())
                .build();
    }

    private static org.chancery.protocol.wire.DirectoryQuery encode(Frame.DirectoryQuery query) {
        var wire = org.chancery.protocol.wire.DirectoryQuery.newBuilder().setId(query.id());
        switch (query.query()) {
            case Query.ByAddress(Address address) -> wire.setAddress(address.value());
            case Query.ByDevice(var device) -> wire.setDevice(octets(device.bytes()));
            case Query.ByPrefix(String prefix, int limit) ->
                wire.getPrefixBuilder().setText(prefix).setLimit(limit);
        }
        return wire.build();
    }

    private static org.chancery.protocol.wire.DirectoryAnswer encode(Frame.DirectoryAnswer answer) {
        var wire = org.chancery.protocol.wire.DirectoryAnswer.newBuilder().setId(answer.id());
        answer.entries().forEach(entry -> wire.addEntries(encode(entry)));
        answer.deviceChain().forEach(entry -> wire.addDeviceChain(octets(entry.der())));
        answer.offers().forEach(offer -> wire.addOffers(octets(offer.der())));
        return wire.build();
    }

    private static org.chancery.protocol.wire.MembershipAnswer encode(Frame.MembershipAnswer answer) {
        var wire = org.chancery.protocol.wire.MembershipAnswer.newBuilder()
                .setId(answer.id())
                .setConversation(octets(answer.conversation().bytes()))
                .setMore(answer.more());
        answer.entries()
                .forEach(entry -> wire.addEntriesBuilder()
                        .setSequence(entry.sequence())
                        .setAcceptedAtMillis(entry.acceptedAt().toEpochMilli())
                        .setRecord(octets(entry.record().der())));
        return wire.build();
    }

    private static org.chancery.protocol.wire.DirectoryEntry encode(DirectoryEntry entry) {
        var wire = org.chancery.protocol.wire.DirectoryEntry.newBuilder()
                .setAddress(entry.address().value())
                .setDevice(octets(entry.device().bytes()))
                .setRevoked(entry.revoked())
                .setOnline(entry.online());
        entry.displayName().ifPresent(wire::setDisplayName);
        entry.envelopeKey().ifPresent(key -> wire.setEnvelopeKey(octets(key.der())));
        for (X509Certificate certificate : entry.chain().certificates()) {
            wire.addChain(octets(Certificates.der(certificate)));
        }
        return wire.build();
    }

    private static org.chancery.protocol.wire.Refused encode(Frame.Refused refused) {
        var wire = org.chancery.protocol.wire.Refused.newBuilder()
                .setError(ErrorCode.forNumber(refused.error().code()))
                .setDetail(refused.detail());
        refused.publish()
                .ifPresent(key -> wire.getPublishBuilder()
                        .setConversation(octets(key.conversation().bytes()))
                        .setChain(octets(key.chain().bytes()))
                        .setCounter(key.counter()));
        refused.queryId().ifPresent(wire::setQueryId);
        refused.retryAfter().ifPresent(wait -> wire.setRetryAfterMillis(wait.toMillis()));
        refused.changes().forEach(entry -> wire.addChanges(octets(entry.der())));
        return wire.build();
    }

    private static org.chancery.protocol.wire.Goodbye encode(Frame.Goodbye goodbye) {
        var wire = org.chancery.protocol.wire.Goodbye.newBuilder()
                .setCode(EndCode.forNumber(goodbye.code().code()))
                .setDetail(goodbye.detail());
        goodbye.comeBackIn().ifPresent(wait -> wire.setComeBackInMillis(wait.toMillis()));
        return wire.build();
    }

    private static ByteString octets(byte[] value) {
        return ByteString.copyFrom(value);
    }
}
