/// What an administrator asks a running relay, over a Unix socket in its data directory:
/// [ControlServer][org.chancery.server.control.ControlServer] and
/// [ControlClient][org.chancery.server.control.ControlClient]. Knows no session and no log: the relay answers through
/// [Desk][org.chancery.server.control.Desk].
@NullMarked
package org.chancery.server.control;

import org.jspecify.annotations.NullMarked;
