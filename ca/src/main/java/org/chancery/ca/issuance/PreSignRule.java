package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;

/// One thing that must hold of every certificate before it is signed, whatever the profile decided.
interface PreSignRule {
    /// What is wrong, with observed and required value; empty if the rule holds.
    Optional<String> violation(TbsCertificate certificate, X509Certificate issuer);
}
