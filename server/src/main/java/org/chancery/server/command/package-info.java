/// The relay's command line: parse, call, print. [ServerCommand][org.chancery.server.command.ServerCommand] is
/// the main class. The only package that reads a clock, the environment or the process's streams; nobody imports
/// it.
@NullMarked
package org.chancery.server.command;

import org.jspecify.annotations.NullMarked;
