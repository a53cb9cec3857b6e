package org.chancery.server.session;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.server.allowance.Allowances;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.file.FileStore;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.revocation.Grounds;

/// What all sessions of a relay share.
///
/// @param judge who is let in, and stays
/// @param grounds by what people are judged now
/// @param met told of everybody who is let in, and how that was proved
/// @param rooms how many there may be, and how large
/// @param allowances what each device may take
/// @param files beside the log
/// @param guestbook hears of who comes and goes
/// @param metrics counts what everybody does
public record RelayContext(
        ConversationLog log,
        SessionRegistry registry,
        PeerJudge judge,
        Supplier<Grounds> grounds,
        Consumer<ValidatedPath> met,
        SessionBounds bounds,
        RoomBounds rooms,
        Allowances allowances,
        FileStore files,
        Clock clock,
        Guestbook guestbook,
        Metrics metrics) {

    /// What is known to be revoked now.
    public CrlSet crls() {
        return grounds.get().crls();
    }
}
