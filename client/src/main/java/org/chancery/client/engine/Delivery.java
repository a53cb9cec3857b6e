package org.chancery.client.engine;

import org.chancery.client.store.Origin;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.protocol.frame.Frame.Deliver;

/// One delivered letter, its outside read and nothing believed.
record Delivery(Deliver frame, LetterHeader header, Digest letter) {
    static Delivery of(Deliver frame) throws MalformedEnvelopeException {
        Letter letter = EnvelopeStapler.parse(frame.envelopeDer()).letter();
        return new Delivery(frame, letter.header(), letter.hash());
    }

    Places.Place place() {
        return new Places.Place(frame.sequence(), letter, frame.transcript(), frame.from(), frame.acceptedAt());
    }

    Origin.Letter origin() {
        return new Origin.Letter(header.sender(), header.chain(), header.counter());
    }
}
