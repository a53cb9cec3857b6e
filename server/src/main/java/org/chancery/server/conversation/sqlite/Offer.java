package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.conversation.DeviceVerdict;

/// One device's wish to join a chain. Every check comes before the first write.
final class Offer implements GroupCommit.Change {

    private final DeviceOffer offer;
    private final Clock clock;
    private final Consumer<Optional<DeviceVerdict.Refused>> answer;

    Offer(DeviceOffer offer, Clock clock, Consumer<Optional<DeviceVerdict.Refused>> answer) {
        this.offer = offer;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public long octets() {
        return offer.record().length();
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
        Instant now = clock.instant();
        Amend.requireInTime(offer.statement().signedAt().getFirst(), now); // nobody else has signed
        DeviceChain chain = DeviceChains.find(sql, offer.address())
                .orElseThrow(() -> new Refusal(ProtocolError.NOT_ALLOWED, "there is no chain yet: a device begins it"));
        try {
            chain.requireOpenTo(offer);
        } catch (DeviceException e) {
            throw new Refusal(Enter.error(e.failure()), e.failure() + ": " + e.getMessage());
        }
        DeviceOffers.forgetLapsed(sql, now);
        if (DeviceOffers.others(sql, offer) >= DirectoryAnswer.MOST_OFFERS) {
            throw new Refusal(
                    ProtocolError.TOO_MANY, DirectoryAnswer.MOST_OFFERS + " devices of this address wait already");
        }
        DeviceOffers.put(sql, offer, now);
    }
}
