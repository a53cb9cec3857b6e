/// What the command lines of the three programs share: exit codes, how a failure is told, where a passphrase and a
/// default come from, and JSON out.
///
/// Entry types: [ExitCode], [FailureReport], [PassphraseSource], [ConfigDefaults], [Json]. Knows no option parser:
/// the programs' `command` packages do, and hand in the environment and the standard streams.
@NullMarked
package org.chancery.pki.console;

import org.jspecify.annotations.NullMarked;
