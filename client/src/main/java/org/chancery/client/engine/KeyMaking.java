package org.chancery.client.engine;

/// Makes pairs of RSA-3072.
interface KeyMaking {
    /// Begins to make one, which takes a second or more; it comes back as an [Input.KeyMade].
    void begin(int number);
}
