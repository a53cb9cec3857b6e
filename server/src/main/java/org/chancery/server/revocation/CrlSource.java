package org.chancery.server.revocation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// A place where CRLs appear. One thread at a time.
sealed interface CrlSource permits CrlFile, CrlUrl {

    /// For the log, and to know it again after a restart.
    String name();

    /// How long to wait between two looks.
    Duration interval();

    /// The CRLs, if there are others than it last gave; empty if not. After a failure those that are there are given
    /// again, others or not, and none before they can be read.
    ///
    /// @throws IOException if it cannot be read, in a bounded time
    /// @throws MalformedPemException if it holds no CRL
    /// @throws MalformedCrlException if it holds a malformed one
    Optional<List<Crl>> changed()
            throws IOException, MalformedPemException, MalformedCrlException, InterruptedException;

    /// What it gave has not arrived: it is given again.
    void forget();
}
