package org.chancery.protocol.content;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.wire.Content;
import org.chancery.protocol.wire.Content.BodyCase;
import org.chancery.protocol.wire.Sync;

/// [Body] to the one field of a `Content` of `chat.proto` that stands for it, and back. By itself it is that field and
/// nothing else. A field that is not known here is an [Body.Unknown], if it is one message of octets and the only one
/// there.
final class BodyCodec {

    /// No body is longer: every constructor sees to it.
    static final int LONGEST = Body.Resend.MAX_OCTETS + 64;

    private BodyCodec() {}

    /// Whether this version has a kind of this number.
    static boolean isKnown(int field) {
        return BodyCase.forNumber(field) != null;
    }

    static byte[] encode(Body body) {
        Content.Builder wire = Content.newBuilder();
        write(body, wire);
        return wire.build().toByteArray();
    }

    static Body decode(byte[] octets) throws ContentException {
        if (octets.length > LONGEST) {
            throw new ContentException(
                    ContentFailure.TOO_LARGE, "body of " + octets.length + " octets, at most " + LONGEST);
        }
        try {
            Body body = read(Content.parseFrom(octets));
            if (!Arrays.equals(encode(body), octets)) {
                throw new ContentException(ContentFailure.MALFORMED, "not the one encoding of this body");
            }
            return body;
        } catch (InvalidProtocolBufferException e) {
            throw new ContentException(ContentFailure.MALFORMED, "body is not protobuf");
        } catch (MalformedNameException e) {
            throw new ContentException(ContentFailure.MALFORMED, "an address that is none");
        } catch (IllegalArgumentException e) {
            throw new ContentException(ContentFailure.MALFORMED, "body out of range: " + e.getMessage());
        }
    }

    static void write(Body body, Content.Builder wire) {
        switch (body) {
            case Body.Text(String text, List<Mention> mentions, Optional<MessageReference> replyTo) -> {
                var written = wire.getTextBuilder().setText(text).addAllMentions(written(mentions));
                replyTo.ifPresent(reference -> written.setReplyTo(written(reference)));
            }
            case Body.Edit(MessageReference target, String text, List<Mention> mentions) ->
                wire.getEditBuilder().setTarget(written(target)).setText(text).addAllMentions(written(mentions));
            case Body.Delete(MessageReference target) -> wire.getDeleteBuilder().setTarget(written(target));
            case Body.Reaction(MessageReference target, String emoji, boolean takenBack) ->
                wire.getReactionBuilder()
                        .setTarget(written(target))
                        .setEmoji(emoji)
                        .setTakenBack(takenBack);
            case Body.File file ->
                wire.getFileBuilder()
                        .setFile(ByteString.copyFrom(file.file().bytes()))
                        .setKey(ByteString.copyFrom(file.key().exposedOctets()))
                        .setLength(file.shape().length())
                        .setChunk(file.shape().chunkBytes())
                        .setSha256(ByteString.copyFrom(file.sha256().bytes()))
                        .setName(file.name())
                        .setMediaType(file.mediaType())
                        .setText(file.text());
            case Body.ReadNote(long upTo) -> wire.getReadNoteBuilder().setUpTo(upTo);
            case Body.Ask(DeviceId device, ChainId chain, long from, int count) ->
                wire.getAskBuilder()
                        .setDevice(ByteString.copyFrom(device.bytes()))
                        .setChain(ByteString.copyFrom(chain.bytes()))
                        .setFrom(from)
                        .setCount(count);
            case Body.Resend resend -> wire.setResend(written(resend));
            case Body.History(List<Body.Resend> letters) ->
                letters.forEach(letter -> wire.getHistoryBuilder().addLetters(written(letter)));
            case Body.Sync(List<SyncItem> items) ->
                items.forEach(item -> wire.getSyncBuilder().addItems(written(item)));
            case Body.Title(String text) -> wire.getTitleBuilder().setText(text);
            case Body.Invitation(ConversationId room, String title) ->
                wire.getInvitationBuilder()
                        .setRoom(ByteString.copyFrom(room.bytes()))
                        .setTitle(title);
            case Body.Unknown(int field, byte[] octets) ->
                wire.setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                field,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFrom(octets))
                                        .build())
                        .build());
        }
    }

    private static org.chancery.protocol.wire.Resend written(Body.Resend resend) {
        return org.chancery.protocol.wire.Resend.newBuilder()
                .setSignedData(ByteString.copyFrom(resend.signedDataDer()))
                .setAcceptedAtMillis(resend.acceptedAt().toEpochMilli())
                .setSequence(resend.sequence())
                .build();
    }

    private static org.chancery.protocol.wire.MessageReference written(MessageReference reference) {
        return org.chancery.protocol.wire.MessageReference.newBuilder()
                .setDevice(ByteString.copyFrom(reference.device().bytes()))
                .setChain(ByteString.copyFrom(reference.chain().bytes()))
                .setCounter(reference.counter())
                .build();
    }

    private static List<org.chancery.protocol.wire.Mention> written(List<Mention> mentions) {
        return mentions.stream()
                .map(mention -> org.chancery.protocol.wire.Mention.newBuilder()
                        .setStart(mention.start())
                        .setLength(mention.length())
                        .setAddress(mention.address().value())
                        .build())
                .toList();
    }

    private static Sync.Item written(SyncItem item) {
        Sync.Item.Builder wire = Sync.Item.newBuilder();
        switch (item) {
            case SyncItem.Draft(ConversationId conversation, String text) ->
                wire.getDraftBuilder()
                        .setConversation(ByteString.copyFrom(conversation.bytes()))
                        .setText(text);
            case SyncItem.Read(ConversationId conversation, long upTo) ->
                wire.getReadBuilder()
                        .setConversation(ByteString.copyFrom(conversation.bytes()))
                        .setUpTo(upTo);
            case SyncItem.Mark(Address address, Digest firstEntry, boolean verified) ->
                wire.getMarkBuilder()
                        .setAddress(address.value())
                        .setFirstEntry(ByteString.copyFrom(firstEntry.bytes()))
                        .setWithdrawn(!verified);
            case SyncItem.Block(Address address, boolean blocked) ->
                wire.getBlockBuilder().setAddress(address.value()).setLifted(!blocked);
        }
        return wire.build();
    }

    /// The body of a content. Whatever else stands in it, its caller finds by encoding anew.
    static Body read(Content wire) throws ContentException, MalformedNameException {
        return switch (wire.getBodyCase()) {
            case TEXT ->
                new Body.Text(
                        wire.getText().getText(),
                        mentions(wire.getText().getMentionsList()),
                        wire.getText().hasReplyTo()
                                ? Optional.of(reference(wire.getText().getReplyTo()))
                                : Optional.empty());
            case EDIT ->
                new Body.Edit(
                        reference(wire.getEdit().getTarget()),
                        wire.getEdit().getText(),
                        mentions(wire.getEdit().getMentionsList()));
            case DELETE -> new Body.Delete(reference(wire.getDelete().getTarget()));
            case REACTION ->
                new Body.Reaction(
                        reference(wire.getReaction().getTarget()),
                        wire.getReaction().getEmoji(),
                        wire.getReaction().getTakenBack());
            case FILE -> file(wire.getFile());
            case READ_NOTE -> new Body.ReadNote(wire.getReadNote().getUpTo());
            case ASK ->
                new Body.Ask(
                        DeviceId.ofBytes(wire.getAsk().getDevice().toByteArray()),
                        ChainId.ofBytes(wire.getAsk().getChain().toByteArray()),
                        wire.getAsk().getFrom(),
                        wire.getAsk().getCount());
            case RESEND -> resend(wire.getResend());
            case HISTORY -> history(wire.getHistory());
            case SYNC -> sync(wire.getSync());
            case TITLE -> new Body.Title(wire.getTitle().getText());
            case INVITATION ->
                new Body.Invitation(
                        ConversationId.ofBytes(wire.getInvitation().getRoom().toByteArray()),
                        wire.getInvitation().getTitle());
            case BODY_NOT_SET -> unknown(wire.getUnknownFields());
        };
    }

    private static Body file(org.chancery.protocol.wire.File wire) {
        return new Body.File(
                FileId.ofBytes(wire.getFile().toByteArray()),
                FileKey.ofBytes(wire.getKey().toByteArray()),
                new FileShape(wire.getLength(), wire.getChunk()),
                Digest.ofBytes(wire.getSha256().toByteArray()),
                wire.getName(),
                wire.getMediaType(),
                wire.getText());
    }

    private static Body unknown(UnknownFieldSet fields) throws ContentException {
        for (Map.Entry<Integer, UnknownFieldSet.Field> field : fields.asMap().entrySet()) {
            List<ByteString> values = field.getValue().getLengthDelimitedList();
            if (field.getKey() >= Body.Unknown.FIRST_FIELD && !values.isEmpty()) {
                return new Body.Unknown(field.getKey(), values.getFirst().toByteArray());
            }
        }
        throw new ContentException(ContentFailure.NO_BODY, "a content that says nothing");
    }

    private static MessageReference reference(org.chancery.protocol.wire.MessageReference wire) {
        return new MessageReference(
                DeviceId.ofBytes(wire.getDevice().toByteArray()),
                ChainId.ofBytes(wire.getChain().toByteArray()),
                wire.getCounter());
    }

    private static List<Mention> mentions(List<org.chancery.protocol.wire.Mention> wire) throws MalformedNameException {
        if (wire.size() > Body.Text.MAX_MENTIONS) {
            throw new IllegalArgumentException(wire.size() + " mentions, at most " + Body.Text.MAX_MENTIONS);
        }
        Mention[] mentions = new Mention[wire.size()];
        for (int i = 0; i < mentions.length; i++) {
            mentions[i] = new Mention(
                    wire.get(i).getStart(),
                    wire.get(i).getLength(),
                    Address.parseCanonical(wire.get(i).getAddress()));
        }
        return List.of(mentions);
    }

    private static Body.Resend resend(org.chancery.protocol.wire.Resend wire) {
        return new Body.Resend(
                wire.getSignedData().toByteArray(),
                Instant.ofEpochMilli(wire.getAcceptedAtMillis()),
                wire.getSequence());
    }

    private static Body history(org.chancery.protocol.wire.History wire) {
        if (wire.getLettersCount() > Body.History.MAX_LETTERS) {
            throw new IllegalArgumentException(
                    wire.getLettersCount() + " letters, at most " + Body.History.MAX_LETTERS);
        }
        return new Body.History(
                wire.getLettersList().stream().map(BodyCodec::resend).toList());
    }

    private static Body sync(Sync wire) throws MalformedNameException {
        if (wire.getItemsCount() > Body.Sync.MAX_ITEMS) {
            throw new IllegalArgumentException(wire.getItemsCount() + " items, at most " + Body.Sync.MAX_ITEMS);
        }
        SyncItem[] items = new SyncItem[wire.getItemsCount()];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(wire.getItems(i));
        }
        return new Body.Sync(List.of(items));
    }

    private static SyncItem item(Sync.Item wire) throws MalformedNameException {
        return switch (wire.getItemCase()) {
            case DRAFT ->
                new SyncItem.Draft(
                        ConversationId.ofBytes(wire.getDraft().getConversation().toByteArray()),
                        wire.getDraft().getText());
            case READ ->
                new SyncItem.Read(
                        ConversationId.ofBytes(wire.getRead().getConversation().toByteArray()),
                        wire.getRead().getUpTo());
            case MARK ->
                new SyncItem.Mark(
                        Address.parseCanonical(wire.getMark().getAddress()),
                        Digest.ofBytes(wire.getMark().getFirstEntry().toByteArray()),
                        !wire.getMark().getWithdrawn());
            case BLOCK ->
                new SyncItem.Block(
                        Address.parseCanonical(wire.getBlock().getAddress()),
                        !wire.getBlock().getLifted());
            case ITEM_NOT_SET -> throw new IllegalArgumentException("an item that says nothing known");
        };
    }
}
