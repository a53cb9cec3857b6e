package org.chancery.pki.sealing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.testing.TestPki;

/// A conversation of alice, who writes, and bob, who reads; carol is outside.
final class Room {
    static final SecureRandom RANDOM = new SecureRandom();
    static final Instant NOW = TestPki.NOW;

    final TestPki pki = TestPki.create();
    final Identity alice = pki.client("alice@lab.example");
    final Identity bob = pki.client("bob@lab.example");
    final Identity carol = pki.client("carol@lab.example");
    final ConversationId conversation = new ConversationId("c0".repeat(32));
    final ChainId chain = ChainId.random(RANDOM);

    SealedEpoch epoch() throws EnvelopeException {
        return epoch(alice, bob);
    }

    /// An epoch of alice's for these readers.
    SealedEpoch epoch(Identity... readers) throws EnvelopeException {
        return new EnvelopeSealer(RANDOM)
                .newEpoch(conversation, alice.deviceId(), members(readers), recipients(readers));
    }

    /// By their certificates.
    static List<RecipientKey> recipients(Identity... readers) throws EnvelopeException {
        List<RecipientKey> recipients = new ArrayList<>();
        for (Identity reader : readers) {
            recipients.add(RecipientKey.of(reader.chain().leaf()));
        }
        return recipients;
    }

    Letter letter(SealedEpoch epoch, long counter, String content) throws EnvelopeException {
        return epoch.letter(
                alice, ContentPurpose.CONTENT, chain, counter, content.getBytes(StandardCharsets.UTF_8), NOW);
    }

    /// What bob is delivered.
    byte[] deliver(SealedEpoch epoch, Letter letter) {
        return EnvelopeStapler.staple(letter, wrapOf(epoch, bob));
    }

    static Wrap wrapOf(SealedEpoch epoch, Identity reader) {
        return epoch.seal().wraps().stream()
                .filter(wrap -> wrap.device().equals(reader.deviceId()))
                .findFirst()
                .orElseThrow();
    }

    /// The key of an epoch, as bob and therefore any other member has it.
    ContentKey keyOf(SealedEpoch epoch) throws Exception {
        byte[] encryptedKey = EnvelopeStapler.parse(deliver(epoch, letter(epoch, 1, "")))
                .recipient()
                .encryptedKey();
        return ContentKey.unwrap(encryptedKey, bob.key().exposedPrivateKey());
    }

    OpenedEnvelope openAsBob(byte[] stapled) throws EnvelopeException {
        return open(bob, stapled, ContentPurpose.CONTENT, signers(alice));
    }

    static OpenedEnvelope open(Identity reader, byte[] stapled, ContentPurpose purpose, SignerPath signers)
            throws EnvelopeException {
        try (EnvelopeOpener opener = new EnvelopeOpener(reader)) {
            return opener.open(stapled, purpose, signers);
        }
    }

    /// A directory that knows one person, whoever is asked for.
    SignerPath signers(Identity known) {
        return _ -> Optional.of(path(known));
    }

    ValidatedPath path(Identity identity) throws PathValidationException {
        return new PathValidator(pki.trustAnchors())
                .validate(ValidationRequest.of(identity.chain().leaf())
                        .untrusted(identity.chain().issuers())
                        .purpose(Purpose.CLIENT)
                        .at(NOW)
                        .revocation(new Revocation.NotChecked()));
    }

    static List<SealMember> members(Identity... identities) {
        List<SealMember> members = new ArrayList<>();
        for (Identity identity : identities) {
            try {
                members.add(SealMember.withoutChain(identity.address()));
            } catch (MalformedNameException e) {
                throw new AssertionError("a test identity has an address", e);
            }
        }
        return members;
    }
}
