package org.chancery.protocol.content;

import org.chancery.pki.envelope.ChainId;

/// The chain that another one of the same device continues, in the same conversation: a device that does not
/// remember what it wrote last, because its store was restored or the relay's log was, begins anew and says
/// behind what.
///
/// @param counter of its last letter that the device remembers, at least 1
public record ContinuedChain(ChainId chain, long counter) {
    /// @throws IllegalArgumentException if there is no letter to continue
    public ContinuedChain {
        if (counter < 1) {
            throw new IllegalArgumentException("letter " + counter + " of a chain");
        }
    }
}
