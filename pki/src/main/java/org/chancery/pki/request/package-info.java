/// Certification requests, PKCS #10 (RFC 2986).
///
/// Entry types: [CertificateRequest][org.chancery.pki.request.CertificateRequest], which exists only where
/// possession of the key is proved, and
/// [CertificateRequestBuilder][org.chancery.pki.request.CertificateRequestBuilder]. What a request asks for decides
/// nothing: that is policy, which lives elsewhere.
@NullMarked
package org.chancery.pki.request;

import org.jspecify.annotations.NullMarked;
