package org.chancery.dist;

/// One kill of the campaign, and where it fell.
///
/// @param command what was killed: `sign` or `revoke`
/// @param where the call it died at, or the last one before it died
/// @param phase what the ledger and the files showed of it afterwards
record Kill(String command, String where, String phase) {}
