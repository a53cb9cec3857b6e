package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.server.conversation.DeviceVerdict;

/// One envelope key's way into the log. Every check comes before the write.
///
/// Numbers rise, and not by one: after a backup of the log was restored, a device goes on where it is.
final class PublishKey implements GroupCommit.Change {

    private final EnvelopeKeyStatement statement;
    private final Clock clock;
    private final Consumer<Optional<DeviceVerdict.Refused>> answer;

    PublishKey(EnvelopeKeyStatement statement, Clock clock, Consumer<Optional<DeviceVerdict.Refused>> answer) {
        this.statement = statement;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public long octets() {
        return statement.record().length();
    }

    @Override
    public Runnable apply(Sql sql) throws SQLException {
        Optional<DeviceVerdict.Refused> refused = Optional.empty();
        try {
            enter(sql);
        } catch (Refusal refusal) {
            refused = Optional.of(new DeviceVerdict.Refused(
                    refusal.verdict().error(), refusal.verdict().detail()));
        }
        Optional<DeviceVerdict.Refused> decided = refused;
        return () -> answer.accept(decided);
    }

    private void enter(Sql sql) throws SQLException, Refusal {
        Optional<EnvelopeKeys.Newest> newest =
                EnvelopeKeys.newest(sql, statement.key().device());
        if (newest.isPresent() && newest.get().record().equals(statement.record())) {
            return;
        }
        Amend.requireInTime(statement.signedAt(), clock.instant());
        if (Devices.silenced(sql, statement.key().device())) {
            throw new Refusal(ProtocolError.NOT_AUTHORISED, "the device was revoked or ended");
        }
        int last = newest.map(EnvelopeKeys.Newest::number).orElse(0);
        if (statement.key().number() <= last) {
            throw new Refusal(
                    ProtocolError.STALE, "key " + statement.key().number() + " does not come after key " + last);
        }
        EnvelopeKeys.put(sql, statement);
    }
}
