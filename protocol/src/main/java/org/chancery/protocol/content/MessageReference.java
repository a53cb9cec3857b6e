package org.chancery.protocol.content;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.DeviceId;

/// A message by who sent it: the same on every device, whichever relay has it at whichever place. Which conversation
/// it is in, is said by where it is named.
///
/// @param device the sender's
/// @param chain the sender's, in that conversation
/// @param counter in the chain, from 1
public record MessageReference(DeviceId device, ChainId chain, long counter) {

    /// @throws IllegalArgumentException if the counter is below 1
    public MessageReference {
        if (counter < 1) {
            throw new IllegalArgumentException("counter " + counter + ", from 1");
        }
    }
}
