package org.chancery.dist.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// A letter before it is sealed, all of it as it should be: for who wants one part to be a lie.
@SuppressWarnings("NullAway.Init") // whoever makes one gives it everything
final class Draft {
    // What is signed.
    ConversationId conversation;
    Optional<Address> with = Optional.empty();
    ChainId chain;
    long counter;
    byte[] previous = new byte[0];
    long lastSequence;
    byte[] lastTranscript = new byte[0];
    byte[] membershipHead = new byte[0];
    long crlNumber;
    Instant sentAt;
    Body body;

    // Around it.
    ContentPurpose purpose = ContentPurpose.CONTENT;
    Instant signingTime;
    UnaryOperator<byte[]> content = octets -> octets; // what is signed instead
    UnaryOperator<byte[]> inside = octets -> octets; // what is encrypted instead
    UnaryOperator<LetterHeader> signedHeader = header -> header;
    UnaryOperator<LetterHeader> outside = header -> header;

    // The seal.
    List<Address> members = new ArrayList<>();
    List<RecipientKey> recipients = new ArrayList<>();
    boolean committed = true; // to the key that is wrapped
    boolean unwrappable; // what is wrapped is no key

    byte[] octets() {
        Content said = new Content(
                conversation,
                with,
                chain,
                counter,
                previous,
                Optional.empty(),
                lastSequence,
                lastTranscript,
                membershipHead,
                crlNumber,
                sentAt,
                body);
        try {
            return content.apply(said.encode());
        } catch (ContentException e) {
            throw new IllegalStateException("a test writes what can be written", e);
        }
    }
}
