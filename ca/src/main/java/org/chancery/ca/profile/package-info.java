/// Policy: what a certificate says, given a request, what the operator wishes and what the issuer may.
///
/// Entry type: [org.chancery.ca.profile.CertificateProfile]. Nothing is taken from a request but the key and
/// the names that policy allows; every other field is the profile's. Signs nothing, stores nothing, and must
/// never import issuance or the command line.
@NullMarked
package org.chancery.ca.profile;

import org.jspecify.annotations.NullMarked;
