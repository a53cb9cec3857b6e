/// How short commands hand their work to the process that owns the store: [org.chancery.client.control.ControlServer]
/// and [org.chancery.client.control.ControlClient], over a Unix domain socket that only the owner of the files can
/// open. Never imports Swing, a terminal or JDBC.
@NullMarked
package org.chancery.client.control;

import org.jspecify.annotations.NullMarked;
