package org.chancery.protocol.fuzz;

import java.util.List;
import org.chancery.pki.fuzz.FuzzTarget;
import org.chancery.protocol.frame.FrameInput;

/// The parsers of this module.
@SuppressWarnings("ImmutableEnumChecker") // what they hold are methods, without state
enum ProtocolTarget implements FuzzTarget {
    FRAME(FrameInput::eat, FrameInput::seeds),
    CONTENT(Signed::content, Signed::contents),
    MEMBERSHIP(Signed::membership, Signed::memberships),
    DEVICE(Signed::device, Signed::devices),
    ENVELOPE_KEY(Signed::envelopeKey, Signed::envelopeKeys);

    private final Eater eater;
    private final Seeding seeding;

    ProtocolTarget(Eater eater, Seeding seeding) {
        this.eater = eater;
        this.seeding = seeding;
    }

    @Override
    public void eat(byte[] input) throws Exception {
        eater.eat(input);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        return seeding.make();
    }
}
