/// The command line of the messenger: [org.chancery.client.command.ClientCommand].
///
/// One class a command: parse, call, print. The only package of the client that reads the environment, the clock of the
/// machine and its source of randomness.
@NullMarked
package org.chancery.client.command;

import org.jspecify.annotations.NullMarked;
