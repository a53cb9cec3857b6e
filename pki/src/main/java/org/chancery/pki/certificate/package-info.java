/// Certificates: the value to be signed, the one place that signs it, and certificates read back.
///
/// Entry types: [TbsCertificate][org.chancery.pki.certificate.TbsCertificate],
/// [CertificateSigner][org.chancery.pki.certificate.CertificateSigner] and
/// [Certificates][org.chancery.pki.certificate.Certificates]. Imports nothing of this project but `der`, `name`,
/// `key` and `signature`; whether a certificate is to be trusted is for `path` to say.
@NullMarked
package org.chancery.pki.certificate;

import org.jspecify.annotations.NullMarked;
