/// The command line of the authority: parse, call one method, print.
///
/// Entry type: [org.chancery.ca.command.CaCommand]. The only package that knows clock, chance, environment
/// and terminal, and the only one that turns an exception into an exit code.
@NullMarked
package org.chancery.ca.command;

import org.jspecify.annotations.NullMarked;
