/// What the command lines of the three programs share: running one ([CommandRun]), exit codes, how a failure is told,
/// where a passphrase and a default come from, files and values from outside, and JSON out.
///
/// Entry types: [CommandRun], [Program], [Surroundings], [CommandException]. Knows `pki`, and none of the programs.
@NullMarked
package org.chancery.console;

import org.jspecify.annotations.NullMarked;
