package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// Where each conversation stands: one's own chain, the senders' chains, the relay's transcript.
public final class Conversations {
    private final StoreAccess access;
    private final SealedTable conversations;
    private final SealedTable chains;
    private final SealedTable transcript;

    Conversations(StoreAccess access, SealedTable conversations, SealedTable chains, SealedTable transcript) {
        this.access = access;
        this.conversations = conversations;
        this.chains = chains;
        this.transcript = transcript;
    }

    public List<Conversation> all() throws StoreException {
        return access.read(() -> {
            List<Conversation> all = new ArrayList<>();
            for (Row row : conversations.all()) {
                all.add(decode(row.body()));
            }
            return all;
        });
    }

    public Optional<Conversation> find(ConversationId id) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = conversations.find(conversations.name(id.bytes()));
            return row.isPresent() ? Optional.of(decode(row.get().body())) : Optional.empty();
        });
    }

    public void put(Conversation conversation) throws StoreException {
        access.run(() -> conversations.put(conversations.name(conversation.id().bytes()), encode(conversation)));
    }

    /// How far the chain `chain` of `device` has come in a conversation.
    public Optional<SenderChain> chain(DeviceId device, ConversationId conversation, ChainId chain)
            throws StoreException {
        return access.read(() -> {
            Optional<Row> row = chains.find(chainName(device, conversation, chain));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            RecordReader in = new RecordReader(row.get().body());
            return Optional.of(new SenderChain(device, conversation, chain, in.number(), Digest.ofBytes(in.octets())));
        });
    }

    public void put(SenderChain chain) throws StoreException {
        byte[] body = new RecordWriter()
                .number(chain.counter())
                .octets(chain.letter().bytes())
                .body();
        access.run(() -> chains.put(chainName(chain.device(), chain.conversation(), chain.chain()), body));
    }

    /// The transcript hash that the relay showed this device at a place of its log.
    public Optional<Digest> transcript(ConversationId conversation, long sequence) throws StoreException {
        return access.read(() -> {
            Optional<Row> row = transcript.find(placeName(conversation, sequence));
            return row.isPresent()
                    ? Optional.of(Digest.ofBytes(new RecordReader(row.get().body()).octets()))
                    : Optional.empty();
        });
    }

    /// Remembers the transcript hash at a place.
    public void putTranscript(ConversationId conversation, long sequence, Digest hash) throws StoreException {
        byte[] body = new RecordWriter().octets(hash.bytes()).body();
        access.run(() -> transcript.put(placeName(conversation, sequence), body));
    }

    /// The relay's log is another one now, with places and hashes of its own: forgets every transcript, and doubts
    /// that the log has one's own chains.
    public void begunAnotherLog() throws StoreException {
        access.commit(() -> {
            transcript.deleteAll();
            for (Conversation conversation : all()) {
                put(conversation.inAnotherLog());
            }
        });
    }

    private byte[] chainName(DeviceId device, ConversationId conversation, ChainId chain) {
        return chains.name(device.bytes(), conversation.bytes(), chain.bytes());
    }

    private byte[] placeName(ConversationId conversation, long sequence) {
        return transcript.name(
                conversation.bytes(),
                ByteBuffer.allocate(Long.BYTES).putLong(sequence).array());
    }

    private static byte[] encode(Conversation conversation) {
        return new RecordWriter()
                .party(conversation.party())
                .text(conversation.title())
                .octets(conversation.chain().bytes())
                .number(conversation.counter())
                .octets(conversation.previousLetter().bytes())
                .number(conversation.sequence())
                .octets(conversation.transcript().bytes())
                .number(conversation.readUpTo())
                .flag(conversation.inDoubt())
                .body();
    }

    private static Conversation decode(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        try {
            return new Conversation(
                    in.party(),
                    in.text(),
                    ChainId.ofBytes(in.octets()),
                    in.number(),
                    Digest.ofBytes(in.octets()),
                    in.number(),
                    Digest.ofBytes(in.octets()),
                    in.number(),
                    in.flag());
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("a conversation holds a malformed name", e);
        }
    }
}
