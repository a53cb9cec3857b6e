/// What certificates, requests and CRLs have in common: something to be signed, an algorithm, a signature.
///
/// Entry type: [SignedStructure][org.chancery.pki.signature.SignedStructure]. Not exported: outsiders see
/// certificates, requests and CRLs. Imports nothing of this project but `der` and `key`.
@NullMarked
package org.chancery.pki.signature;

import org.jspecify.annotations.NullMarked;
