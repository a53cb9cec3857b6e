/// One connection to the relay, kept alive: [org.chancery.client.connection.RelayConnection].
///
/// Knows frames and certificates, and nothing of conversations; never imports the engine or the store.
@NullMarked
package org.chancery.client.connection;

import org.jspecify.annotations.NullMarked;
