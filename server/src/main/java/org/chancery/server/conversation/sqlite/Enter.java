package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceFailure;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.Verdict;

/// One device entry's way into the log. Every check comes before the first write, so that a refusal changes
/// nothing of the transaction that others are in.
final class Enter implements GroupCommit.Change {

    private final DeviceStatement statement;
    private final Address address;
    private final Clock clock;
    private final Consumer<DeviceVerdict> answer;

    Enter(DeviceStatement statement, Clock clock, Consumer<DeviceVerdict> answer) {
        this.statement = statement;
        this.address = statement.entry().address();
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public long octets() {
        return statement.record().length();
    }

    @Override
    public Runnable apply(Sql sql) throws SQLException {
        DeviceVerdict verdict;
        try {
            verdict = decide(sql);
        } catch (Refusal refusal) {
            Verdict.Refused refused = refusal.verdict();
            verdict = new DeviceVerdict.Refused(refused.error(), refused.detail());
        }
        DeviceVerdict decided = verdict;
        return () -> answer.accept(decided);
    }

    private DeviceVerdict decide(Sql sql) throws SQLException, Refusal {
        Optional<Integer> earlier =
                sql.one("SELECT position FROM device_entry WHERE hash = ?", row -> row.getInt(1), statement.hash());
        if (earlier.isPresent()) {
            return new DeviceVerdict.Entered(earlier.get(), Optional.empty());
        }
        Instant now = clock.instant();
        requireInTime(now);
        Optional<DeviceChain> before = DeviceChains.find(sql, address);
        boolean anew = before.isPresent()
                && statement.entry().predecessor().isEmpty()
                && !DeviceChains.alive(sql, address, now);
        DeviceChain after = after(before, anew);

        if (anew) {
            DeviceChains.abandon(sql, address);
        }
        sql.update(
                "INSERT INTO device_entry VALUES (?, ?, ?, ?, ?)",
                statement.hash(),
                address.value(),
                after.first(),
                after.entries(),
                statement.record());
        DeviceChains.put(sql, after);
        DeviceOffers.forget(sql, address);
        Optional<DeviceId> gone = change(sql);
        return new DeviceVerdict.Entered(after.entries(), gone);
    }

    /// Signed now; by a device that joins, perhaps when it offered to.
    private void requireInTime(Instant now) throws Refusal {
        boolean joins = statement.entry().act() instanceof Act.Add;
        Instant newest = Collections.max(statement.signedAt());
        for (Instant signedAt : statement.signedAt()) {
            boolean offered = joins && Duration.between(signedAt, newest).compareTo(DeviceOffer.LIFE) <= 0;
            Amend.requireInTime(offered ? newest : signedAt, now);
        }
    }

    /// @param anew nobody can sign for the chain that was; only what it ended counts any longer
    private DeviceChain after(Optional<DeviceChain> before, boolean anew) throws Refusal {
        try {
            if (before.isPresent() && !anew) {
                return before.get().apply(statement);
            }
            DeviceChain begun = DeviceChain.begin(statement);
            if (before.isPresent() && before.get().ended().containsAll(begun.devices())) {
                throw new Refusal(ProtocolError.NOT_ALLOWED, DeviceFailure.ENDED + ": the device was ended");
            }
            return begun;
        } catch (DeviceException e) {
            throw new Refusal(error(e.failure()), e.failure() + ": " + e.getMessage());
        }
    }

    static ProtocolError error(DeviceFailure failure) {
        return switch (failure) {
            case STALE -> ProtocolError.STALE;
            case TOO_MANY_DEVICES, TOO_MANY_ENTRIES -> ProtocolError.TOO_MANY;
            case MALFORMED, NOT_AN_OFFER, NOT_COUNTERSIGNED, STRANGER, OTHER_ADDRESS -> ProtocolError.INVALID_RECORD;
            case NOT_ON_CHAIN -> ProtocolError.NOT_AUTHORISED;
            case NOT_THE_BEGINNING, ALREADY_BEGUN, OVER, ALREADY_ON_CHAIN, ENDED, NO_SUCH_DEVICE ->
                ProtocolError.NOT_ALLOWED;
        };
    }

    private Optional<DeviceId> change(Sql sql) throws SQLException {
        return switch (statement.entry().act()) {
            case Act.Add(DeviceId device) -> {
                DeviceChains.join(sql, address, device, statement.notAfter(device));
                yield Optional.empty();
            }
            case Act.Replace(DeviceId device, DeviceId by) -> {
                DeviceChains.end(sql, address, device);
                DeviceChains.join(sql, address, by, statement.notAfter(by));
                yield Optional.of(device);
            }
            case Act.End(DeviceId device) -> {
                DeviceChains.end(sql, address, device);
                yield Optional.of(device);
            }
        };
    }
}
