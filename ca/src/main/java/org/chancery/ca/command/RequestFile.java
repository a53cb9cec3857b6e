package org.chancery.ca.command;

import java.nio.file.Path;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.RefusalReason;
import org.chancery.console.CommandException;
import org.chancery.console.InputFile;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestException;

/// A file with a request. What is no request is bad input; a request for a key too weak to prove anything with
/// is refused, as any other for a weak key.
record RequestFile(Path path) {
    CertificateRequest read(CaCommand ca, IssueOptions options) throws Exception {
        byte[] der = InputFile.read(path).requestDer();
        try {
            return CertificateRequest.parse(der);
        } catch (CertificateRequestException e) {
            if (e.refusedDevice().isPresent()) {
                throw refused(ca, options, e.refusedDevice().get(), e);
            }
            throw CommandException.badInput(path + ": not a request to be signed: " + e.getMessage(), e);
        }
    }

    private static CommandException refused(
            CaCommand ca, IssueOptions options, DeviceId device, CertificateRequestException why) throws Exception {
        try (Authority authority = ca.openAuthority()) {
            Grant.Refused refused = new Grant.Refused(RefusalReason.WEAK_KEY, why.getMessage());
            return new Issuance(ca, authority, options, null).refused(device, refused);
        }
    }
}
