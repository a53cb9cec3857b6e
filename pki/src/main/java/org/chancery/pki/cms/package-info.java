/// The parts of SignedData (RFC 5652 section 5) that letters, files and records have in common: SignerInfos
/// and the attributes a signature covers. Holds no key and opens nothing. Not exported: its signatures are
/// Bouncy Castle's.
@NullMarked
package org.chancery.pki.cms;

import org.jspecify.annotations.NullMarked;
