package org.chancery.server.session;

/// Why a session has to end.
///
/// @param detail for the client and the log
record Departure(SessionEnd reason, String detail) {}
