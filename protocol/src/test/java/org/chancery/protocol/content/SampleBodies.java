package org.chancery.protocol.content;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// At least one body of every kind.
public final class SampleBodies {
    private static final DeviceId DEVICE = new DeviceId("d1".repeat(32));
    private static final ChainId CHAIN = new ChainId("c1".repeat(16));
    private static final MessageReference TARGET = new MessageReference(DEVICE, CHAIN, 7);
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId CONVERSATION = new ConversationId("c0".repeat(32));

    public static final List<Body> ALL = List.of(
            new Body.Text("hello"),
            new Body.Text("ü".repeat(400)),
            new Body.Text("@bob, and \uD83D\uDE00", List.of(new Mention(0, 4, BOB)), Optional.of(TARGET)),
            new Body.Edit(TARGET, "hello @bob", List.of(new Mention(6, 4, BOB))),
            new Body.Delete(TARGET),
            new Body.Reaction(TARGET, "\uD83D\uDC4D", false),
            new Body.Reaction(TARGET, "k", true),
            new Body.ReadNote(17),
            new Body.Ask(DEVICE, CHAIN, 3, Body.Ask.MAX_COUNT),
            new Body.Resend(new byte[] {48, 3, 2, 1, 5}, Instant.parse("2026-11-22T10:31:07.123Z"), 12),
            new Body.History(List.of(
                    new Body.Resend(new byte[] {48, 3, 2, 1, 5}, Instant.parse("2026-11-22T10:31:07.123Z"), 12),
                    new Body.Resend(new byte[] {48, 3, 2, 1, 6}, Instant.parse("2026-11-22T10:31:06.123Z"), 11))),
            new Body.File(
                    FileId.ofBytes(new byte[16]),
                    FileKey.ofBytes(new byte[32]),
                    FileShape.of(1_000_000),
                    Digest.over(new byte[] {1}),
                    "report \u00fc.pdf",
                    "application/pdf",
                    "as promised"),
            new Body.File(
                    FileId.ofBytes(new byte[16]),
                    FileKey.ofBytes(new byte[32]),
                    FileShape.of(0),
                    Digest.over(new byte[0]),
                    "-",
                    "text/plain",
                    ""),
            new Body.Sync(List.of(
                    new SyncItem.Draft(CONVERSATION, "not yet"),
                    new SyncItem.Draft(CONVERSATION, ""),
                    new SyncItem.Read(CONVERSATION, 9),
                    new SyncItem.Mark(BOB, Digest.NONE, true),
                    new SyncItem.Block(BOB, false))),
            new Body.Title("Incident 42"),
            new Body.Invitation(CONVERSATION, "Incident 42"),
            new Body.Invitation(CONVERSATION, ""),
            new Body.Unknown(99, new byte[] {10, 1, 65}),
            new Body.Unknown(Body.Unknown.LAST_FIELD, new byte[0]));

    private SampleBodies() {}
}
