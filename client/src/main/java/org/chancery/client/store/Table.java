package org.chancery.client.store;

import java.util.Locale;

/// The kinds of record. All tables have the one shape that [SealedTable] gives them.
enum Table {
    /// One's own and others' messages, in the order in which this client stored them; parent: the conversation.
    MESSAGE,
    /// The SignedData of each received message, to be checked or exported again.
    EVIDENCE,
    /// What has not been taken by the relay yet.
    OUTBOX,
    /// Files that are to be sent.
    UPLOAD,
    /// Conversations: one's own chain, the relay's log as far as it has been seen, how far one has read.
    CONVERSATION,
    /// The membership entries of rooms, in their order.
    ROOM_ENTRY,
    /// How far each sender's chain has come.
    CHAIN,
    /// The transcript hash at each sequence.
    TRANSCRIPT,
    /// The devices ever seen and their certificates.
    DEVICE,
    /// Everybody's device chain.
    DEVICE_CHAIN,
    /// Which letters are missing; parent: the sender's chain.
    MISSING,
    /// Whom the person does not want to hear.
    BLOCKED,
    /// Words not sent yet.
    DRAFT,
    /// How far others have read; parent: the conversation.
    READ_MARK,
    /// The newest verified CRL of each authority.
    CRL,
    /// This device's envelope keys, without the keys.
    ENVELOPE_KEY,
    /// The newest envelope key of every device.
    DEVICE_KEY,
    /// Behind what each of one's own chains begins, and what a restored store still has to ask for.
    CONTINUATION,
    /// History that is being handed to a new device of one's own.
    HANDOVER,
    /// Single values.
    SETTING;

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
