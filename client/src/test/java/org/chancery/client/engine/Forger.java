package org.chancery.client.engine;

import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.pki.sealing.WrittenLetter;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContinuedChain;
import org.chancery.protocol.frame.Frame;

/// Writes letters by hand, with genuine keys, and says in them what it likes.
final class Forger {
    /// What one letter says of itself. Nothing is checked.
    ///
    /// @param head of the room's record; none between two
    record Claims(
            ConversationId conversation,
            Optional<Address> with,
            ChainId chain,
            long counter,
            Optional<Digest> previous,
            Optional<ContinuedChain> continues,
            Optional<Digest> head,
            Body body) {
        /// The first letter of a new chain between two, which goes on behind another.
        static Claims goingOn(Address one, Address other, Digest previous, ContinuedChain old, String text) {
            return new Claims(
                    ConversationId.direct(one, other),
                    Optional.of(other),
                    ChainId.random(new SecureRandom()),
                    1,
                    Optional.of(previous),
                    Optional.of(old),
                    Optional.empty(),
                    new Body.Text(text));
        }
    }

    private final TestPki pki;
    private final Identity author;
    private final EnvelopeSealer sealer = new EnvelopeSealer(new SecureRandom());

    Forger(TestPki pki, Identity author) {
        this.pki = pki;
        this.author = author;
    }

    /// What its readers keep as evidence.
    byte[] signed(Claims claims, Identity reader) throws Exception {
        try (SealedEpoch epoch = epoch(claims, reader)) {
            return write(epoch, claims).signedDataDer();
        }
    }

    /// As a relay delivers it that is in league with the author, or that the author has given it to.
    Frame.Deliver delivery(Claims claims, Identity reader, long sequence) throws Exception {
        try (SealedEpoch epoch = epoch(claims, reader)) {
            return new Frame.Deliver(
                    claims.conversation(),
                    sequence,
                    pki.now(),
                    Digest.NONE,
                    EnvelopeStapler.staple(
                            write(epoch, claims).letter(), epoch.seal().wraps().getFirst()),
                    author.address());
        }
    }

    private SealedEpoch epoch(Claims claims, Identity reader) throws Exception {
        RSAPublicKey key = (RSAPublicKey) TestRelay.pair(reader.deviceId(), 1).publicKey();
        return sealer.newEpoch(
                claims.conversation(),
                author.deviceId(),
                List.of(SealMember.withoutChain(reader.address())),
                List.of(RecipientKey.of(reader.deviceId(), 1, key)));
    }

    private WrittenLetter write(SealedEpoch epoch, Claims claims) throws Exception {
        Content content = new Content(
                claims.conversation(),
                claims.with(),
                claims.chain(),
                claims.counter(),
                claims.previous().map(Digest::bytes).orElse(new byte[0]),
                claims.continues(),
                0,
                new byte[0],
                claims.head().map(Digest::bytes).orElse(new byte[0]),
                0,
                pki.now(),
                claims.body());
        return epoch.write(
                author, ContentPurpose.CONTENT, claims.chain(), claims.counter(), content.encode(), pki.now());
    }
}
