/// What is revoked, as of now: [RevocationWatch][org.chancery.server.revocation.RevocationWatch]. Knows files and
/// CRLs, no session.
@NullMarked
package org.chancery.server.revocation;

import org.jspecify.annotations.NullMarked;
