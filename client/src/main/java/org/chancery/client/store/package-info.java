/// What a client remembers, encrypted, beside its keystore: [org.chancery.client.store.MessageStore].
///
/// The only package of the client that knows JDBC. Remembers what it is told; decides nothing about trust, and
/// never imports the engine, a frame or Swing.
@NullMarked
package org.chancery.client.store;

import org.jspecify.annotations.NullMarked;
