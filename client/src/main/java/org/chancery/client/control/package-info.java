/// How a command runs beside a messenger that runs already: the process that owns the store runs it
/// ([org.chancery.client.control.ControlServer]), the other one lends its streams
/// ([org.chancery.client.control.ControlClient]), over a Unix domain socket that only the owner of the files can open.
/// Never imports Swing, a terminal or JDBC.
@NullMarked
package org.chancery.client.control;

import org.jspecify.annotations.NullMarked;
