/// The life of one authenticated connection: [Session][org.chancery.server.session.Session]; who is here:
/// [SessionRegistry][org.chancery.server.session.SessionRegistry]. Never imports `listen` or `command`.
@NullMarked
package org.chancery.server.session;

import org.jspecify.annotations.NullMarked;
